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
   * @param masks memory for the mask of each layer; grows with the layers
   */
  static Dropout drawn(DropoutMask mask, CounterRandom random, List<HostBuffer> masks) {
    return (activations, layer) ->
        activations.mul(drawn(mask, random, memory(masks, layer), activations));
  }

  /** The same, but overwrites the activations: not for a pass that libtorch is to differentiate. */
  static Dropout drawnInPlace(DropoutMask mask, CounterRandom random, List<HostBuffer> masks) {
    return (activations, layer) ->
        activations.muli(drawn(mask, random, memory(masks, layer), activations));
  }

  private static HostBuffer memory(List<HostBuffer> masks, int layer) {
    while (masks.size() <= layer) {
      masks.add(new HostBuffer());
    }
    return masks.get(layer);
  }

  private static NDArray drawn(
      DropoutMask mask, CounterRandom random, HostBuffer memory, NDArray activations) {
    Shape shape = activations.getShape();
    mask.fill(memory.clear(shape.size() * Float.BYTES), random);
    return memory.toArray(activations.getManager(), DataType.FLOAT32, shape.getShape());
  }
}
