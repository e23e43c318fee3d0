package io.towerbeam.ml.models.training;

import java.util.Arrays;

/**
 * An array of a model outside libtorch.
 *
 * @param name the array's name in the model
 * @param shape the lengths of its axes, outermost first
 * @param values float32, row-major; not copied, so do not write to them
 */
public record NamedArray(String name, long[] shape, float[] values) {
  public NamedArray {
    if (sizeOf(shape) != values.length) {
      throw new IllegalArgumentException(
          "%s: %d values do not fill the shape %s"
              .formatted(name, values.length, Arrays.toString(shape)));
    }
  }

  /**
   * How many values an array of {@code shape} has.
   *
   * @throws IllegalArgumentException if an axis is negative or they are more than an array can hold
   */
  public static int sizeOf(long[] shape) {
    try {
      long size = 1;
      for (long length : shape) {
        if (length < 0) {
          throw new IllegalArgumentException("negative axis in shape " + Arrays.toString(shape));
        }
        size = Math.multiplyExact(size, length);
      }
      return Math.toIntExact(size);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too many values in shape " + Arrays.toString(shape), e);
    }
  }
}
