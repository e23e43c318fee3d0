package io.towerbeam.ml.models.training;

import java.util.Map;

/**
 * How far a training is.
 *
 * @param epoch whole epochs done
 * @param batch batches done of the epoch after them
 * @param epochLoss sum of the mean losses of those batches
 * @param epochSeconds wall time of those batches, all attempts together
 */
record TrainingState(int epoch, int batch, double epochLoss, double epochSeconds) {
  static final TrainingState START = new TrainingState(0, 0, 0, 0);

  /** Steps done, where an epoch has {@code batches}. */
  long step(int batches) {
    return (long) epoch * batches + batch;
  }

  TrainingState afterBatch(double loss, double seconds) {
    return new TrainingState(epoch, batch + 1, epochLoss + loss, epochSeconds + seconds);
  }

  TrainingState afterEpoch() {
    return new TrainingState(epoch + 1, 0, 0, 0);
  }

  Map<String, String> toProperties() {
    return Map.of(
        "epoch", Integer.toString(epoch),
        "batch", Integer.toString(batch),
        "epochLoss", Double.toString(epochLoss),
        "epochSeconds", Double.toString(epochSeconds));
  }

  /**
   * The state that {@link #toProperties} described.
   *
   * @throws NumberFormatException if a property is not a number, or there is none of that name
   */
  static TrainingState of(Map<String, String> properties) {
    return new TrainingState(
        Integer.parseInt(properties.get("epoch")),
        Integer.parseInt(properties.get("batch")),
        Double.parseDouble(properties.getOrDefault("epochLoss", "")),
        Double.parseDouble(properties.getOrDefault("epochSeconds", "")));
  }
}
