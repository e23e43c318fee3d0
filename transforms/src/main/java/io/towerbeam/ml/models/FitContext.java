package io.towerbeam.ml.models;

/**
 * The surroundings of a fit.
 *
 * @param model the name the model is fitted under
 * @param seed the run's seed: the only source of randomness
 * @param device where tensors live
 * @param requireGpu refuse to fit where there is no GPU
 * @param threads threads for dense algebra, at least 1; results repeat bit for bit for the same
 *     number
 * @param files the model's folder, for checkpoints
 * @param progress is told of steps and epochs
 */
public record FitContext(
    String model,
    long seed,
    DeviceChoice device,
    boolean requireGpu,
    int threads,
    ModelFiles files,
    TrainingProgress progress) {
  public FitContext {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
  }

  /** Where tensors live: AUTO takes a GPU if there is one. */
  public enum DeviceChoice {
    AUTO,
    CPU,
    GPU
  }
}
