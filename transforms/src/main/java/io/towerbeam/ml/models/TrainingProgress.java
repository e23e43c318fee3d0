package io.towerbeam.ml.models;

import io.towerbeam.schemas.EpochReport;

/** Is told how training goes on. Calls come from the training thread, in order. */
public interface TrainingProgress {
  /** Takes note of nothing. */
  TrainingProgress SILENT = new TrainingProgress() {};

  /**
   * A training begins or goes on.
   *
   * @param step steps already done in earlier attempts
   * @param steps steps in all
   */
  default void started(String model, long step, long steps) {}

  /**
   * A step is done.
   *
   * @param meanLoss the epoch's mean loss per batch so far
   * @param examplesPerSecond training pairs per second in this epoch so far
   */
  default void stepped(long step, double meanLoss, double examplesPerSecond) {}

  /** An epoch is done. */
  default void finishedEpoch(EpochReport report) {}

  /** The training ended, well or not. */
  default void ended() {}
}
