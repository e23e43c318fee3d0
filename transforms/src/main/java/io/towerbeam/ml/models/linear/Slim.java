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
import io.towerbeam.ml.models.sparse.SparseItemModel;
import io.towerbeam.ml.models.sparse.SparseRows;
import io.towerbeam.ml.models.training.Checkpoints;
import io.towerbeam.ml.models.training.Fingerprint;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scores by sparse item-to-item weights: for each item j the w ≥ 0, w_j = 0, that minimises ‖x_j −
 * Xw‖² / (2U) + alpha·l1Ratio·Σw + ½·alpha·(1 − l1Ratio)·‖w‖², X being the binary matrix of U
 * users; of each w the {@code neighbours} largest are kept. The score is Σ W_ij over the user's
 * items i.
 *
 * <p>An item of which no more than the share alpha·l1Ratio of the users has ever taken part neither
 * gives nor gets a weight, and scores 0.
 *
 * <p>The items are fitted one after the other, and the weights of those that are done go into a
 * checkpoint each {@code checkpointSeconds}. A fit that was killed goes on from there and ends in
 * the same weights, bit for bit.
 *
 * <p>Must fit in memory: the interactions four times, a float64 for each pair of the items that
 * take part, and 32 bytes for each weight kept. Source: Ning and Karypis, "SLIM: Sparse Linear
 * Methods for Top-N Recommender Systems" (ICDM 2011).
 */
public final class Slim implements RankingModelProvider {
  private static final String ALPHA = "alpha";
  private static final String L1_RATIO = "l1Ratio";
  private static final String ITERATIONS = "iterations";
  private static final String NEIGHBOURS = "neighbours";
  private static final String TOLERANCE = "tolerance";

  @Override
  public String name() {
    return "slim";
  }

  @Override
  public String description() {
    return "sparse item-to-item weights, each item's by an elastic net on the others";
  }

  @Override
  public List<ModelParameter> parameters() {
    return List.of(
        ModelParameter.real(ALPHA, .4689400963537689, 0, 1000, "weight of both penalties")
            .searchedByMagnitude(.1, 10),
        ModelParameter.real(
                L1_RATIO,
                .13957991126597663,
                0,
                1,
                "share of the penalty on the weights' sum, not their squares")
            .searchedByMagnitude(.1, 1),
        ModelParameter.integer(ITERATIONS, 493, 1, 100_000, "most sweeps over an item's weights"),
        ModelParameter.integer(NEIGHBOURS, 434, 1, 1_000_000, "largest weights kept per item")
            .searchedByMagnitude(10, 1000),
        ModelParameter.real(
            TOLERANCE, 1e-4, 0, 1, "a sweep changing no weight by more, of the largest, ends"),
        Checkpoints.declareSeconds("items"));
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    double leastUsers = Math.max(1, l1(parameters) * size.users());
    long taking = Math.min(size.items(), (long) (size.interactions() / leastUsers));
    long kept = taking * Math.min(taking, parameters.getInt(NEIGHBOURS));
    return Binary.bytesNeeded(size)
        + Double.BYTES * (taking * taking + 4 * size.items() + size.users())
        + 32 * kept;
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    InteractionMatrix matrix = Binary.matrix(data);
    double l1 = l1(parameters);
    FrequentItems frequent = FrequentItems.of(matrix, l1);
    NonNegativeElasticNet net =
        new NonNegativeElasticNet(
            frequent.shares(),
            l1,
            parameters.getDouble(ALPHA) - l1,
            parameters.getInt(ITERATIONS),
            parameters.getDouble(TOLERANCE));
    Checkpoints checkpoints =
        new Checkpoints(
            context.files(),
            parameters.getDouble(Checkpoints.SECONDS),
            () -> fingerprint(matrix, parameters));
    SparseRows weights =
        new SlimStage(frequent, net, parameters.getInt(NEIGHBOURS)).weights(context, checkpoints);
    if (weights.values().length == 0) {
      throw new ModelFitException(
          String.format(
              Locale.ROOT,
              "no weight is above zero with alpha*l1Ratio=%.4g, as no two items share that part of"
                  + " the users: lower alpha or l1Ratio",
              l1));
    }
    return new SparseItemModel(weights);
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return SparseItemModel.load(files);
  }

  private static double l1(ParameterValues parameters) {
    return parameters.getDouble(ALPHA) * parameters.getDouble(L1_RATIO);
  }

  /** There is no seed in it. */
  private String fingerprint(InteractionMatrix matrix, ParameterValues values) {
    Map<String, Object> learning = values.asMap();
    learning.remove(Checkpoints.SECONDS);
    return new Fingerprint()
        .add(name() + " " + learning)
        .add(matrix.offsets())
        .add(matrix.items())
        .toHex();
  }
}
