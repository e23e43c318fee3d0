package io.towerbeam.ml.models.towers;

import ai.djl.ndarray.NDArray;

/**
 * The rows of a matrix put to length one: r = v / max(‖v‖, 10⁻¹²), the bound being that of torch's
 * {@code normalize}.
 *
 * @param rows (n, D) float32, of length one
 * @param lengths (n, 1) float32, what they were divided by
 */
record UnitRows(NDArray rows, NDArray lengths) {
  private static final double LEAST_LENGTH = 1e-12;
  private static final int[] COORDINATES = {1};

  /** The rows of {@code vectors}, (n, D) float32. */
  static UnitRows of(NDArray vectors) {
    NDArray lengths = vectors.norm(COORDINATES, true).maximum(LEAST_LENGTH);
    return new UnitRows(vectors.div(lengths), lengths);
  }

  /**
   * The slopes of a loss in the vectors, (g − (g · r) r) / ‖v‖ with slopes g in the unit rows.
   *
   * @param slopes (n, D) float32: g; overwritten by the outcome
   */
  NDArray slopes(NDArray slopes) {
    NDArray along = rows.mul(slopes).sum(COORDINATES, true);
    return slopes.subi(rows.mul(along)).divi(lengths);
  }
}
