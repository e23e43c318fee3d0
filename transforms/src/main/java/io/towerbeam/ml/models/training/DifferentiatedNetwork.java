package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;

/** A network that says its loss alone: libtorch derives the gradient. */
public interface DifferentiatedNetwork extends Network {
  /**
   * The mean loss over the batch: () float32, to be differentiated. Every array it makes belongs to
   * the batch's manager.
   */
  NDArray loss(Parameters parameters, TrainingBatch batch);

  @Override
  default LossAndGradient lossAndGradient(Parameters parameters, TrainingBatch batch) {
    parameters.requireGradients();
    try (GradientCollector collector = Torch.engine().newGradientCollector()) {
      NDArray loss = loss(parameters, batch);
      collector.backward(loss);
      return new LossAndGradient(loss.stopGradient(), parameters.gradient());
    }
  }
}
