package io.towerbeam.ml.models.towers;

import ai.djl.ndarray.NDArray;
import io.towerbeam.ml.models.training.TrainingThreads.Rows;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The rows of a matrix put to length one, r = v / max(‖v‖, 10⁻¹²), and the way back of slopes. The
 * bound is that of torch's {@code normalize}. Its memory is used again in each step. Threads may
 * work at the same time on rows that are not the same.
 */
final class UnitRows {
  static final float LEAST_LENGTH = 1e-12f;

  private final int dim;
  private final float[][] slopes;
  private float[] rows = {};
  private float[] lengths = {};

  /**
   * @param dim D, the width of a row
   * @param writers how many may add slopes to the same row at the same time
   */
  UnitRows(int dim, int writers) {
    this.dim = dim;
    slopes = new float[writers][0];
  }

  /** Makes room for {@code count} rows, all of which are then to be taken. */
  void resize(int count) {
    if (rows.length < count * dim) {
      rows = new float[count * dim];
      Arrays.setAll(slopes, writer -> new float[count * dim]);
      lengths = new float[count];
    }
  }

  /** Takes {@code vectors}, (n, D) float32, for those n rows, with slopes of zero. */
  void take(Rows taken, NDArray vectors) {
    vectors
        .toByteBuffer(true)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer()
        .get(rows, taken.from() * dim, taken.count() * dim);
    for (float[] each : slopes) {
      Arrays.fill(each, taken.from() * dim, taken.to() * dim, 0);
    }
    for (int row = taken.from(); row < taken.to(); row++) {
      float squares = FloatRows.dot(rows, row * dim, rows, row * dim, dim);
      lengths[row] = Math.max((float) Math.sqrt(squares), LEAST_LENGTH);
      FloatRows.scale(rows, row * dim, 1 / lengths[row], dim);
    }
  }

  /** The rows of length one, row-major. */
  float[] rows() {
    return rows;
  }

  /** What one of the writers adds to the slopes g of a loss in these rows, row-major. */
  float[] slopes(int writer) {
    return slopes[writer];
  }

  /**
   * Makes the slopes of the first writer those in the rows as they were taken, of all writers' g:
   * (g − (g · r) r) / ‖v‖.
   */
  void turnSlopes(Rows turned) {
    float[] sum = slopes[0];
    int start = turned.from() * dim;
    for (int writer = 1; writer < slopes.length; writer++) {
      FloatRows.add(sum, start, slopes[writer], start, 1, turned.count() * dim);
    }
    for (int row = turned.from(); row < turned.to(); row++) {
      int at = row * dim;
      float along = FloatRows.dot(sum, at, rows, at, dim);
      FloatRows.add(sum, at, rows, at, -along, dim);
      FloatRows.scale(sum, at, 1 / lengths[row], dim);
    }
  }
}
