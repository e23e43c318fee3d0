package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.random.CounterRandom;
import java.util.List;

/** What happens to the activations of a layer. */
@FunctionalInterface
public interface Dropout {
  /** Leaves them as they are. */
  Dropout NONE = (activations, layer) -> activations;

  /** The activations after dropout, of the same shape; {@code layer} counts from 0. */
  NDArray apply(NDArray activations, int layer);

  /**
   * Drops at random: each activation of each row of the batch by itself.
   *
   * @param masks memory for the mask of each layer
   */
  static Dropout drawn(DropoutMask mask, CounterRandom random, List<HostBuffer> masks) {
    return (activations, layer) -> {
      Shape shape = activations.getShape();
      mask.fill(masks.get(layer).clear(shape.size() * Float.BYTES), random);
      return activations.mul(
          masks.get(layer).toArray(activations.getManager(), DataType.FLOAT32, shape.getShape()));
    };
  }
}
