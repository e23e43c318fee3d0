package io.towerbeam.ml.models.linear;

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
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.List;

/**
 * Scores by the item-to-item weights that best rebuild the binary matrix X from itself while no
 * item may point to itself: the B that minimises ‖X − XB‖² + λ‖B‖² with a zero diagonal.
 *
 * <p>With P = (XᵀX + λ·1)⁻¹ that is B_ij = −P_ij / P_jj. The published row divides by P_ii, the
 * diagonal of the row, which is the default; the score is Σ B_ij over the user's items i.
 *
 * <p>Must fit in memory: the interactions four times, two matrices of items by items in float64 and
 * one in float32. At most 23,000 items. Source: Steck, "Embarrassingly Shallow Autoencoders for
 * Sparse Data" (WWW 2019).
 */
public final class Ease implements RankingModelProvider {
  private static final String LAMBDA = "lambda";
  private static final String DIVISOR = "divisor";

  /** A file has at most 2 GiB. */
  private static final int MAX_ITEMS = 23_000;

  @Override
  public String name() {
    return "ease";
  }

  @Override
  public String description() {
    return "item-to-item weights in closed form: ridge regression without self-similarity";
  }

  @Override
  public List<ModelParameter> parameters() {
    return List.of(
        ModelParameter.real(
                LAMBDA, 108726.80709039961, 0, 1e12, "penalty on the sum of squared weights")
            .searchedByMagnitude(1, 1e6),
        ModelParameter.choice(
            DIVISOR,
            "row",
            List.of("row", "column"),
            "B_ij is -P_ij over P_ii (row, as published) or over P_jj (column, the paper's)"));
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    long cells = size.items() * size.items();
    return Binary.bytesNeeded(size) + cells * (2 * Double.BYTES + Float.BYTES);
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    InteractionMatrix matrix = Binary.matrix(data);
    if (matrix.itemCount() > MAX_ITEMS) {
      throw new ModelFitException(
          "%d items: ease takes at most %d".formatted(matrix.itemCount(), MAX_ITEMS));
    }
    float[] weights =
        new EaseSolver(matrix, parameters.getDouble(LAMBDA))
            .solve(parameters.getString(DIVISOR).equals("row"), context.threads());
    return new EaseModel(weights, matrix.itemCount());
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return EaseModel.load(files);
  }
}
