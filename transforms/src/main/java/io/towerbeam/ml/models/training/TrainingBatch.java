package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDManager;
import io.towerbeam.ml.random.CounterRandom;

/**
 * The examples of one step.
 *
 * @param manager owns the step's arrays, which are freed after it
 * @param rows (B) numbers of training rows; not copied, so do not write to them
 * @param random the step's random numbers, a function of (seed, epoch, batch)
 */
public record TrainingBatch(NDManager manager, int[] rows, CounterRandom random) {
  /** B, the number of rows. */
  public int size() {
    return rows.length;
  }
}
