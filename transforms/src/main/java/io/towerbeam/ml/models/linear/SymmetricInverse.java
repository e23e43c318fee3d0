package io.towerbeam.ml.models.linear;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;

/**
 * Inverts a symmetric positive definite matrix in place, by halves: with T = A₁₁⁻¹A₁₂ and S = A₂₂ −
 * A₁₂ᵀT the inverse is S⁻¹ below, −TS⁻¹ beside it, and A₁₁⁻¹ + TS⁻¹Tᵀ above. That is n³·4/3
 * operations, nearly all of them matrix products, where the inverse of a matrix that need not be
 * symmetric takes twice as many.
 *
 * <p>Source: Boyd and Vandenberghe, "Convex Optimization" (2004), A.5.5, the Schur complement.
 */
final class SymmetricInverse {
  /** Below this size a half is no longer worth its calls. */
  private static final long SMALL = 128;

  private SymmetricInverse() {}

  /**
   * Writes the inverse over {@code matrix}, (n, n); needs as much memory again for its work.
   *
   * @throws ai.djl.engine.EngineException if a part of it is exactly singular; one that is nearly
   *     so gives values that are huge or not finite
   */
  static void invert(NDArray matrix) {
    long size = matrix.getShape().get(0);
    if (size <= SMALL) {
      try (NDArray inverse = matrix.inverse()) {
        matrix.set(new NDIndex(":,:"), inverse);
      }
      return;
    }
    long half = size / 2;
    try (NDManager work = matrix.getManager().newSubManager()) {
      NDArray above = part(work, matrix, 0, half, 0, half);
      NDArray beside = part(work, matrix, 0, half, half, size);
      NDArray below = part(work, matrix, half, size, half, size);
      invert(above);
      NDArray t = above.matMul(beside);
      subtract(below, beside.transpose().matMul(t));
      invert(below);
      NDArray corner = t.matMul(below).negi();
      subtract(above, corner.matMul(t.transpose()));
      beside.set(new NDIndex(":,:"), corner);
      part(work, matrix, half, size, 0, half).set(new NDIndex(":,:"), corner.transpose());
    }
  }

  private static void subtract(NDArray from, NDArray product) {
    from.subi(product);
    product.close();
  }

  /** A view, so that what is written to it stands in {@code matrix}. */
  private static NDArray part(
      NDManager owner, NDArray matrix, long top, long bottom, long left, long right) {
    NDArray view = matrix.get(new NDIndex("{}:{},{}:{}", top, bottom, left, right));
    view.attach(owner);
    return view;
  }
}
