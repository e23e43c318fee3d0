package io.towerbeam.ml.models.towers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.training.DifferentiatedNetwork;
import io.towerbeam.ml.models.training.EmbeddingTable;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.PairLoss;
import io.towerbeam.ml.models.training.PairSource;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.models.training.TrainingBatch;
import java.util.List;

/**
 * The {@link TwoTowerNetwork} as operations of libtorch alone, for a GPU: what it computes and
 * draws stays on the device. There the item tower runs for each pair, since that costs less than to
 * find out which items are the same; so dropout is drawn per pair. Not thread-safe.
 */
final class DeviceTwoTowerNetwork implements DifferentiatedNetwork {
  private final InteractionMatrix interactions;
  private final HybridTowers towers;
  private final PairLoss loss;
  private final int negatives;
  private final NDArray itemFeatures;
  private final PairSource source;

  /**
   * @param manager owns the item features as long as the network is in use
   * @param itemFeatures (I, F) float32
   * @param source of the pairs of {@code interactions}
   */
  DeviceTwoTowerNetwork(
      NDManager manager,
      InteractionMatrix interactions,
      FloatMatrix itemFeatures,
      TwoTowerParameters parameters,
      PairSource source) {
    this.interactions = interactions;
    this.towers = HybridTowers.of(interactions, itemFeatures, parameters);
    this.loss = parameters.loss();
    this.negatives = parameters.negatives();
    this.itemFeatures =
        manager.create(
            itemFeatures.values(), new Shape(itemFeatures.rows(), itemFeatures.columns()));
    this.source = source;
  }

  @Override
  public int rows() {
    return interactions.size();
  }

  @Override
  public int pairsPerRow() {
    return 1 + negatives;
  }

  @Override
  public int stepsAtOnce() {
    return source.stepsAtOnce();
  }

  @Override
  public List<NamedArray> initialParameters(long seed) {
    return towers.initialParameters(seed);
  }

  @Override
  public NDArray loss(Parameters parameters, TrainingBatch batch) {
    PairSource.Pairs pairs = source.draw(batch);
    // (B · (1 + N), F) → (B · (1 + N), D) → (B, 1 + N, D)
    NDArray features = EmbeddingTable.gather(itemFeatures, pairs.items().flatten());
    NDArray items =
        unit(towers.items().forward(parameters, features, pairs.dropout()).vectors())
            .reshape(batch.size(), pairsPerRow(), towers.items().embeddingDim());
    NDArray users = unit(towers.users().forward(parameters, pairs.users())); // (B, D)
    return loss.of(items.mul(users.expandDims(1)).sum(new int[] {2}));
  }

  private static NDArray unit(NDArray vectors) {
    return vectors.normalize(2, 1, UnitRows.LEAST_LENGTH);
  }
}
