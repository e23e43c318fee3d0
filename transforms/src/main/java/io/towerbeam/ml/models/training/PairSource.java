package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.towerbeam.ml.data.InteractionMatrix;

/** Where the pairs of a step come from, and the masks of its dropout. Not thread-safe. */
public interface PairSource {
  /**
   * The pairs of one step.
   *
   * @param users (B) int64 user indexes
   * @param items (B, 1 + N) int64 item indexes, the positive's first
   * @param dropout drops activations of the step
   */
  record Pairs(NDArray users, NDArray items, Dropout dropout) {}

  /** The pairs of the batch's rows: a function of its random numbers. */
  Pairs draw(TrainingBatch batch);

  /** How many steps may be under way at a time: {@link Network#stepsAtOnce}. */
  int stepsAtOnce();

  /**
   * A source on the manager's device: on a GPU all is drawn there, otherwise here.
   *
   * @param negatives N, at least 1
   * @param dropout the share of activations to drop
   */
  static PairSource on(
      NDManager manager, InteractionMatrix interactions, int negatives, double dropout) {
    return manager.getDevice().isGpu()
        ? new DevicePairs(manager, interactions, negatives, dropout)
        : new HostPairs(interactions, negatives, dropout);
  }
}
