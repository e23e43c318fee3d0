package io.towerbeam.ml.models.towers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.towerbeam.ml.models.training.HostBuffer;
import io.towerbeam.ml.models.training.RowParts;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The rows of a matrix put to length one, r = v / max(‖v‖, 10⁻¹²), and the way back of slopes. The
 * bound is that of torch's {@code normalize}. Its memory is used again in each step. Not
 * thread-safe.
 */
final class UnitRows {
  private static final float LEAST_LENGTH = 1e-12f;

  private final int dim;
  private final RowParts parts;
  private final HostBuffer memory = new HostBuffer();
  private final float[][] slopes;
  private int count;
  private float[] rows = {};
  private float[] lengths = {};

  /**
   * @param dim D, the width of a row
   * @param parts the threads among which rows are split
   * @param writers how many add slopes to any row at the same time
   */
  UnitRows(int dim, RowParts parts, int writers) {
    this.dim = dim;
    this.parts = parts;
    slopes = new float[writers][0];
  }

  /** Takes the rows of {@code vectors}, (n, D) float32, with slopes of zero. */
  void take(NDArray vectors) {
    count = (int) vectors.getShape().get(0);
    if (rows.length < count * dim) {
      rows = new float[count * dim];
      Arrays.setAll(slopes, writer -> new float[count * dim]);
      lengths = new float[count];
    }
    FloatBuffer values = vectors.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    parts.forEach(count, (part, from, to) -> take(values, from, to));
  }

  private void take(FloatBuffer values, int from, int to) {
    values.get(from * dim, rows, from * dim, (to - from) * dim);
    for (float[] each : slopes) {
      Arrays.fill(each, from * dim, to * dim, 0);
    }
    for (int row = from; row < to; row++) {
      float squares = FloatRows.dot(rows, row * dim, rows, row * dim, dim);
      lengths[row] = Math.max((float) Math.sqrt(squares), LEAST_LENGTH);
      FloatRows.scale(rows, row * dim, 1 / lengths[row], dim);
    }
  }

  /** The rows of length one: the first n · D values, row-major. */
  float[] rows() {
    return rows;
  }

  /** What one of the writers adds to the slopes g of a loss in these rows: n · D values. */
  float[] slopes(int writer) {
    return slopes[writer];
  }

  /** The slopes in the rows as they were, (g − (g · r) r) / ‖v‖: (n, D) float32. */
  NDArray vectorSlopes(NDManager manager) {
    FloatBuffer out = memory.clear((long) count * dim * Float.BYTES).asFloatBuffer();
    parts.forEach(count, (part, from, to) -> putVectorSlopes(out, from, to));
    return memory.toArray(manager, DataType.FLOAT32, count, dim);
  }

  private void putVectorSlopes(FloatBuffer out, int from, int to) {
    float[] sum = slopes[0];
    for (int writer = 1; writer < slopes.length; writer++) {
      FloatRows.add(sum, from * dim, slopes[writer], from * dim, 1, (to - from) * dim);
    }
    for (int row = from; row < to; row++) {
      int at = row * dim;
      float along = FloatRows.dot(sum, at, rows, at, dim);
      FloatRows.add(sum, at, rows, at, -along, dim);
      FloatRows.scale(sum, at, 1 / lengths[row], dim);
    }
    out.put(from * dim, sum, from * dim, (to - from) * dim);
  }
}
