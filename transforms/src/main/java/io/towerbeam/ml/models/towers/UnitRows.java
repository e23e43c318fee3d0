package io.towerbeam.ml.models.towers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.towerbeam.ml.models.training.HostBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The rows of a matrix put to length one, r = v / max(‖v‖, 10⁻¹²), and the way back of slopes. The
 * bound is that of torch's {@code normalize}. Its memory is used again in each step. Not
 * thread-safe.
 */
final class UnitRows {
  private static final float LEAST_LENGTH = 1e-12f;

  private final int dim;
  private final HostBuffer memory = new HostBuffer();
  private int count;
  private float[] rows = {};
  private float[] slopes = {};
  private float[] lengths = {};

  /**
   * @param dim D, the width of a row
   */
  UnitRows(int dim) {
    this.dim = dim;
  }

  /** Takes the rows of {@code vectors}, (n, D) float32, with slopes of zero. */
  void take(NDArray vectors) {
    count = (int) vectors.getShape().get(0);
    if (rows.length < count * dim) {
      rows = new float[count * dim];
      slopes = new float[count * dim];
      lengths = new float[count];
    }
    vectors
        .toByteBuffer(true)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer()
        .get(rows, 0, count * dim);
    Arrays.fill(slopes, 0, count * dim, 0);
    for (int row = 0; row < count; row++) {
      float squares = FloatRows.dot(rows, row * dim, rows, row * dim, dim);
      lengths[row] = Math.max((float) Math.sqrt(squares), LEAST_LENGTH);
      FloatRows.scale(rows, row * dim, 1 / lengths[row], dim);
    }
  }

  /** The rows of length one: the first n · D values, row-major. */
  float[] rows() {
    return rows;
  }

  /** The slopes g of a loss in these rows, to be added to: the first n · D values. */
  float[] slopes() {
    return slopes;
  }

  /** The slopes in the rows as they were, (g − (g · r) r) / ‖v‖: (n, D) float32. */
  NDArray vectorSlopes(NDManager manager) {
    for (int row = 0; row < count; row++) {
      int at = row * dim;
      float along = FloatRows.dot(slopes, at, rows, at, dim);
      FloatRows.add(slopes, at, rows, at, -along, dim);
      FloatRows.scale(slopes, at, 1 / lengths[row], dim);
    }
    return memory.floats(manager, slopes, count, dim);
  }
}
