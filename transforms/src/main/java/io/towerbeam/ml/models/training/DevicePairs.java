package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import io.towerbeam.ml.data.InteractionMatrix;

/**
 * Draws pairs and masks on the device, where the interactions stay: a step takes the numbers of its
 * rows from the host, and gives nothing back. The same ones for the same device and version of
 * libtorch. Holds 16 bytes an interaction there.
 */
public final class DevicePairs implements PairSource {
  /** Some tens of milliseconds of work. */
  private static final int STEPS_AT_ONCE = 64;

  private final NDArray userOfRow;
  private final NDArray itemOfRow;
  private final int itemCount;
  private final int negatives;
  private final float dropout;
  private final HostBuffer rows = new HostBuffer();

  /**
   * @param manager owns the interactions as long as the source is in use
   * @param negatives N, at least 1
   * @param dropout the share of activations to drop
   */
  public DevicePairs(
      NDManager manager, InteractionMatrix interactions, int negatives, double dropout) {
    int[] users = interactions.userOfRows();
    userOfRow = new HostBuffer().indexes(manager, users, users.length).duplicate();
    itemOfRow = new HostBuffer().indexes(manager, interactions.items(), users.length).duplicate();
    itemCount = interactions.itemCount();
    this.negatives = negatives;
    this.dropout = (float) dropout;
  }

  @Override
  public Pairs draw(TrainingBatch batch) {
    NDManager manager = batch.manager();
    Torch.engine().setRandomSeed((int) batch.random().nextLong());
    NDArray drawn = rows.indexes(manager, batch.rows(), batch.size());
    userOfRow.tempAttach(manager);
    itemOfRow.tempAttach(manager);
    NDArray positives = itemOfRow.gather(drawn, 0).expandDims(1);
    NDArray others =
        manager.randomInteger(0, itemCount, new Shape(batch.size(), negatives), DataType.INT64);
    return new Pairs(
        userOfRow.gather(drawn, 0),
        positives.concat(others, 1),
        (activations, layer) -> Dropout.dropout(activations, dropout, true).singletonOrThrow());
  }

  @Override
  public int stepsAtOnce() {
    return STEPS_AT_ONCE;
  }
}
