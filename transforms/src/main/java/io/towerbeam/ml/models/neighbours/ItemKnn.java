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
import io.towerbeam.ml.models.sparse.CoOccurrences;
import io.towerbeam.ml.models.sparse.Largest;
import io.towerbeam.ml.models.sparse.SparseItemModel;
import io.towerbeam.ml.models.sparse.SparseRows;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Scores an item by its similarity to the user's items: Σ S_ij over the user's items i.
 *
 * <p>Items are documents and users are terms: the weight of user u in an item is idf_u = ln I −
 * ln(1 + the number of u's items), and S_ij = Σ_u idf_u² / (‖i‖·‖j‖) over the users of both, ‖i‖² =
 * Σ idf_u² over the users of i. Of each row i of S the {@code neighbours} largest are kept, S_ii =
 * 1 among them.
 *
 * <p>Must fit in memory: the interactions four times, and 16 bytes for each neighbour kept. Source:
 * Sarwar, Karypis, Konstan and Riedl, "Item-Based Collaborative Filtering Recommendation
 * Algorithms" (WWW 2001), with tf-idf weights.
 */
public final class ItemKnn implements RankingModelProvider {
  private static final String NEIGHBOURS = "neighbours";

  @Override
  public String name() {
    return "item-knn";
  }

  @Override
  public String description() {
    return "similarity to the user's items: cosine of their users, weighted by tf-idf";
  }

  @Override
  public List<ModelParameter> parameters() {
    return List.of(
        ModelParameter.integer(
                NEIGHBOURS, 312, 1, 1_000_000, "most similar items kept per item, itself included")
            .searchedByMagnitude(10, 1000));
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    long kept = size.items() * Math.min(size.items(), parameters.getInt(NEIGHBOURS));
    return Binary.bytesNeeded(size) + 16 * kept + Double.BYTES * (size.users() + 3 * size.items());
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    InteractionMatrix matrix = Binary.matrix(data);
    return new SparseItemModel(similarities(matrix, parameters.getInt(NEIGHBOURS)));
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return SparseItemModel.load(files);
  }

  private static SparseRows similarities(InteractionMatrix matrix, int neighbours)
      throws ModelFitException {
    double[] squaredIdf = squaredIdf(matrix);
    double[] norms = norms(matrix, squaredIdf);
    CoOccurrences shared = new CoOccurrences(matrix);
    SparseRows.Builder rows = new SparseRows.Builder(matrix.itemCount(), matrix.itemCount());
    double[] row = new double[matrix.itemCount()];
    for (int item = 0; item < matrix.itemCount(); item++) {
      Arrays.fill(row, 0);
      shared.addRow(item, squaredIdf, row);
      for (int other = 0; other < row.length; other++) {
        if (row[other] != 0) {
          row[other] /= norms[item] * norms[other];
        }
      }
      rows.append(row, Largest.positions(row, neighbours));
    }
    return rows.build();
  }

  private static double[] squaredIdf(InteractionMatrix matrix) {
    double[] weights = new double[matrix.userCount()];
    for (int user = 0; user < weights.length; user++) {
      int items = matrix.offsets()[user + 1] - matrix.offsets()[user];
      double idf = StrictMath.log(matrix.itemCount()) - StrictMath.log(1.0 + items);
      weights[user] = idf * idf;
    }
    return weights;
  }

  private static double[] norms(InteractionMatrix matrix, double[] squaredIdf) {
    double[] norms = new double[matrix.itemCount()];
    for (int user = 0; user < squaredIdf.length; user++) {
      for (int i = matrix.offsets()[user]; i < matrix.offsets()[user + 1]; i++) {
        norms[matrix.items()[i]] += squaredIdf[user];
      }
    }
    for (int item = 0; item < norms.length; item++) {
      norms[item] = Math.sqrt(norms[item]);
    }
    return norms;
  }
}
