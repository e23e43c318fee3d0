package io.towerbeam.ml.models.training;

import ai.djl.engine.EngineException;
import io.towerbeam.ml.models.ModelFitException;

/** Tells an array for which the device had no room from other faults of libtorch. */
final class OutOfMemory {
  /** How libtorch words it on a GPU, and on a CPU. */
  private static final String ON_GPU = "out of memory";

  private static final String ON_CPU = "can't allocate memory";

  private OutOfMemory() {}

  /**
   * The fault in words that help, if it is want of memory: a smaller batch is what mends it, so
   * that it is the model that cannot be fitted as asked, and running it again would not help.
   *
   * @throws EngineException if it is another fault
   */
  static ModelFitException orElse(EngineException fault, String model) {
    String message = String.valueOf(fault.getMessage());
    if (!message.contains(ON_GPU) && !message.contains(ON_CPU)) {
      throw fault;
    }
    String device = message.contains(ON_GPU) ? "the GPU" : "the machine";
    return new ModelFitException(
        "%s has not enough memory to train %s: lower its batchSize or embeddingDim (%s)"
            .formatted(device, model, message.lines().findFirst().orElse("").strip()));
  }
}
