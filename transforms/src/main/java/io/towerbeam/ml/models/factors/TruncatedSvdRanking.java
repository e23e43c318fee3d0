package io.towerbeam.ml.models.factors;

import io.towerbeam.ml.algebra.SparseVector;
import io.towerbeam.ml.algebra.TruncatedSvd;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingData;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * PureSVD: the score of the items is x·V·Vᵀ, where x is the row of the user's ratings and V, (I,
 * C), holds the C strongest right singular vectors of the (U, I) matrix of all ratings. What is not
 * rated counts as 0, an interaction without a rating as 1, and of a pair that occurs more than once
 * the last rating counts.
 *
 * <p>The user's vector is x·V, the item's vector its row of V, so a user needs a history but need
 * not be in training. The vectors are exact to rounding, so there is no seed in them. Must fit in
 * memory: the ratings, 32 bytes each, and (2·U + 6·I) × (C + 16) float64.
 *
 * <p>Source: Cremonesi, Koren and Turrin, "Performance of Recommender Algorithms on Top-N
 * Recommendation Tasks" (RecSys 2010), section 3.3.
 */
public final class TruncatedSvdRanking implements RankingModelProvider {
  private static final String COMPONENTS = "components";
  private static final String ITEM_VECTORS = "item_vectors";

  @Override
  public String name() {
    return "truncated-svd";
  }

  @Override
  public String description() {
    return "ratings projected on the strongest directions of the ratings matrix";
  }

  @Override
  public List<ModelParameter> parameters() {
    return List.of(
        ModelParameter.integer(COMPONENTS, 5, 1, 1024, "directions kept, coordinates of a vector")
            .searchedByMagnitude(2, 128));
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    long width = parameters.getInt(COMPONENTS) + 16L;
    long ratings = size.interactions() * 32 + 100 * (size.users() + size.items());
    return ratings + (2 * size.users() + 6 * size.items()) * width * Double.BYTES;
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    InteractionMatrix interactions = data.interactions();
    int itemCount = interactions.itemCount();
    int components = parameters.getInt(COMPONENTS);
    if (interactions.size() == 0) {
      throw new ModelFitException("there are no interactions to fit");
    }
    List<SparseVector> rows = rows(interactions, data.ratings());
    TruncatedSvd svd = TruncatedSvd.fit(rows, itemCount, components);
    if (svd.singularValues()[0] == 0) {
      throw new ModelFitException(
          "there is no rating other than 0 among %d interactions".formatted(interactions.size()));
    }
    return new Fitted(itemVectors(svd.components(), itemCount, components));
  }

  private static List<SparseVector> rows(InteractionMatrix interactions, float[] ratings)
      throws ModelFitException {
    for (int row = 0; row < ratings.length; row++) {
      if (Float.isInfinite(ratings[row])) {
        throw new ModelFitException(
            "the rating of user %d for item %d is %s"
                .formatted(interactions.userOf(row), interactions.items()[row], ratings[row]));
      }
    }
    int[] offsets = interactions.offsets();
    LastRatings last = new LastRatings(interactions.itemCount());
    List<SparseVector> rows = new ArrayList<>(interactions.userCount());
    for (int user = 0; user < interactions.userCount(); user++) {
      rows.add(last.of(interactions.items(), ratings, offsets[user], offsets[user + 1]));
    }
    return rows;
  }

  /** (I, C) from the (C, I) components. */
  private static FloatMatrix itemVectors(double[] components, int itemCount, int count) {
    float[] vectors = new float[components.length];
    for (int c = 0; c < count; c++) {
      for (int item = 0; item < itemCount; item++) {
        vectors[item * count + c] = (float) components[c * itemCount + item];
      }
    }
    return new FloatMatrix(itemCount, count, vectors);
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return new Fitted(FactorModel.toMatrix(FactorModel.open(files).array(ITEM_VECTORS)));
  }

  private static final class Fitted extends FactorModel {
    Fitted(FloatMatrix items) {
      super(items);
    }

    @Override
    float[] vectorOf(UserHistory user) {
      SparseVector row =
          new LastRatings(items().rows()).of(user.items(), user.ratings(), 0, user.items().length);
      float[] vectors = items().values();
      int dim = items().columns();
      double[] vector = new double[dim];
      for (int i = 0; i < row.size(); i++) {
        double rating = row.values()[i];
        int from = row.indexes()[i] * dim;
        for (int c = 0; c < dim; c++) {
          vector[c] += rating * vectors[from + c];
        }
      }
      return rounded(1, dim, vector).values();
    }

    @Override
    List<NamedArray> arrays() {
      return List.of(toArray(ITEM_VECTORS, items()));
    }
  }
}
