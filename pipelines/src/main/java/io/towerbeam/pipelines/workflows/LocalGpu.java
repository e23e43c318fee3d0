package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.options.UsageException;

/** The GPU that a local run is told to require. */
final class LocalGpu {
  private static final String LOCAL_RUNNER = "DirectRunner";

  private LocalGpu() {}

  /**
   * Looks for the GPU where the models would be trained in this process. On other runners the
   * training worker looks for its own.
   *
   * @throws UsageException if there is none
   */
  static void require(TrainingOptions options) {
    boolean isLocal = options.getRunner().getSimpleName().equals(LOCAL_RUNNER);
    boolean isRequired = options.getRequireGpu() || options.getDevice() == DeviceChoice.GPU;
    if (!isLocal || !isRequired) {
      return;
    }
    try {
      Torch.device(options.getDevice(), true);
    } catch (ModelFitException e) {
      String option = options.getRequireGpu() ? "--requireGpu" : "--device=gpu";
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
