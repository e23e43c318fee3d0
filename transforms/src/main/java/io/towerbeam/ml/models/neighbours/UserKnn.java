package io.towerbeam.ml.models.neighbours;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingData;
import io.towerbeam.ml.models.sparse.Binary;
import io.towerbeam.ml.models.sparse.ModelArrays;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.List;

/**
 * Scores an item by the similarities of those among the most similar training users who have it.
 *
 * <p>Users are documents and items are terms, weighted by BM25: the weight of item i for user u is
 * {@code w_ui = (k1 + 1) / (k1·(1 − b + b·len_u / meanLen) + 1) · (ln U − ln(1 + the number of i's
 * users))}, and the similarity of two users the dot product of their weights. A training user is
 * among the own neighbours, as published; a user who was not in training is compared in the same
 * way. Similarities are made when scores are asked for, from the user's history, so that fitting is
 * next to nothing.
 *
 * <p>Must fit in memory: the interactions four times. Source: Herlocker, Konstan, Borchers and
 * Riedl, "An Algorithmic Framework for Performing Collaborative Filtering" (SIGIR 1999), with the
 * weights of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
 * (2009).
 */
public final class UserKnn implements RankingModelProvider {
  private static final String NEIGHBOURS = "neighbours";
  private static final String K1 = "k1";
  private static final String B = "b";

  @Override
  public String name() {
    return "user-knn";
  }

  @Override
  public String description() {
    return "items of the most similar users, by BM25 over the items that they share";
  }

  @Override
  public List<ModelParameter> parameters() {
    return List.of(
        ModelParameter.integer(
                NEIGHBOURS, 991, 1, 1_000_000, "most similar training users asked per user")
            .searchedByMagnitude(30, 3000),
        ModelParameter.real(
                K1, 1.2, 0, 1000, "BM25's k1: how much a long history counts less; 0 switches off")
            .searched(0, 3),
        ModelParameter.real(
                B, .75, 0, 1, "BM25's b: 1 counts a history's length fully, 0 not at all")
            .searched(0, 1));
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    return Binary.bytesNeeded(size) + Double.BYTES * (2 * size.users() + 2 * size.items());
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    InteractionMatrix matrix = Binary.matrix(data);
    ModelArrays.requireRoom(matrix.size(), matrix.itemCount());
    return model(matrix, parameters);
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return model(UserKnnModel.read(files), ParameterValues.of(artifact.getParameters()));
  }

  private static UserKnnModel model(InteractionMatrix matrix, ParameterValues parameters) {
    return new UserKnnModel(
        matrix,
        new Bm25(matrix, parameters.getDouble(K1), parameters.getDouble(B)),
        parameters.getInt(NEIGHBOURS));
  }
}
