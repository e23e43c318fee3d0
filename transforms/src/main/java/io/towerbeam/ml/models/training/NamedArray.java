package io.towerbeam.ml.models.training;

import io.towerbeam.ml.data.FloatMatrix;
import java.util.Arrays;
import java.util.List;

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

  /** A matrix under a name, (rows, columns); not copied. */
  public static NamedArray of(String name, FloatMatrix matrix) {
    return new NamedArray(name, new long[] {matrix.rows(), matrix.columns()}, matrix.values());
  }

  /**
   * The array of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static NamedArray find(List<NamedArray> arrays, String name) {
    return arrays.stream()
        .filter(array -> array.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no array " + name));
  }

  /** An array of two axes as a matrix; not copied. */
  public FloatMatrix toMatrix() {
    return new FloatMatrix((int) shape[0], (int) shape[1], values);
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
