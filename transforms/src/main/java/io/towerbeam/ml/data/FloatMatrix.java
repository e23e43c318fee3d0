package io.towerbeam.ml.data;

import java.util.Arrays;

/**
 * A dense matrix, (rows, columns) float32, row-major.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param values rows × columns numbers; not copied, so do not write to them
 */
public record FloatMatrix(int rows, int columns, float[] values) {
  public FloatMatrix {
    if ((long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          "%d values do not make a %d x %d matrix".formatted(values.length, rows, columns));
    }
  }

  /** This matrix with the rows of another below its own; what has no rows may be of any width. */
  public FloatMatrix above(FloatMatrix other) {
    if (rows == 0 || other.rows == 0) {
      return rows == 0 ? other : this;
    }
    float[] joined = Arrays.copyOf(values, Math.addExact(values.length, other.values.length));
    System.arraycopy(other.values, 0, joined, values.length, other.values.length);
    return new FloatMatrix(rows + other.rows, columns, joined);
  }

  /** A copy of row {@code row}, (columns) float32. */
  public float[] row(int row) {
    float[] copy = new float[columns];
    System.arraycopy(values, row * columns, copy, 0, columns);
    return copy;
  }
}
