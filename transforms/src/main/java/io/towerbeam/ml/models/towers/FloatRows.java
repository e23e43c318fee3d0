package io.towerbeam.ml.models.towers;

/**
 * Arithmetic on rows within arrays. Four coordinates at a time, so that their sums do not wait for
 * one another: by the JVM's first compiler they take only a quarter longer than by its second.
 */
final class FloatRows {
  private FloatRows() {}

  /** The product of two rows of D = {@code dim} values. */
  static float dot(float[] left, int leftAt, float[] right, int rightAt, int dim) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int d = 0;
    for (; d < dim - 3; d += 4) {
      sum0 += left[leftAt + d] * right[rightAt + d];
      sum1 += left[leftAt + d + 1] * right[rightAt + d + 1];
      sum2 += left[leftAt + d + 2] * right[rightAt + d + 2];
      sum3 += left[leftAt + d + 3] * right[rightAt + d + 3];
    }
    for (; d < dim; d++) {
      sum0 += left[leftAt + d] * right[rightAt + d];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** Adds {@code factor} times a row of {@code from} to one of another array. */
  static void add(float[] to, int toAt, float[] from, int fromAt, float factor, int dim) {
    int d = 0;
    for (; d < dim - 3; d += 4) {
      float from0 = from[fromAt + d];
      float from1 = from[fromAt + d + 1];
      float from2 = from[fromAt + d + 2];
      float from3 = from[fromAt + d + 3];
      to[toAt + d] += factor * from0;
      to[toAt + d + 1] += factor * from1;
      to[toAt + d + 2] += factor * from2;
      to[toAt + d + 3] += factor * from3;
    }
    for (; d < dim; d++) {
      to[toAt + d] += factor * from[fromAt + d];
    }
  }

  /** Multiplies a row by {@code factor}. */
  static void scale(float[] row, int at, float factor, int dim) {
    for (int d = at; d < at + dim; d++) {
      row[d] *= factor;
    }
  }
}
