package io.towerbeam.ml.models.factors;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The least squares of one row of {@link Als} with the other side Y, (N, F), fixed: A·x = b, where
 * A = YᵀY + λI + (c − 1)·Σ y·yᵀ and b = c·Σ y, both sums over the vectors y of the row's positives.
 *
 * <p>One instance works through many rows, one after the other. Not thread-safe.
 */
interface NormalEquations {
  /** Up to so many factors sums of products are cheaper than products with each positive. */
  int MOST_SUMMED = 8;

  /**
   * The equations with {@code fixed}, (N, F) row-major, in the form that is cheaper.
   *
   * @param fixed not copied; must not change as long as these equations are used
   */
  static NormalEquations of(double[] fixed, AlsSettings settings) {
    return sumsProducts(fixed.length / settings.factors(), settings.factors())
        ? new SummedEquations(fixed, settings)
        : new DirectEquations(fixed, settings);
  }

  /** Whether the products of {@code rows} vectors with themselves are kept. */
  static boolean sumsProducts(long rows, int factors) {
    return factors <= MOST_SUMMED && rows * SummedEquations.width(factors) <= Integer.MAX_VALUE;
  }

  /** Goes to the row whose positives are {@code picks[from]} to {@code picks[to - 1]}. */
  void take(int[] picks, int from, int to);

  /** Sets {@code b}, (F), of the row. */
  void rightSide(double[] b);

  /** Sets {@code product} to A·{@code x}, both (F). */
  void times(double[] x, double[] product);

  /** YᵀY + λI, (F, F), the part of A that all rows share. */
  static DMatrixRMaj shared(double[] fixed, int factors, double regularization) {
    DMatrixRMaj y = DMatrixRMaj.wrap(fixed.length / factors, factors, fixed);
    DMatrixRMaj gram = new DMatrixRMaj(factors, factors);
    CommonOps_DDRM.multInner(y, gram);
    for (int f = 0; f < factors; f++) {
      gram.add(f, f, regularization);
    }
    return gram;
  }
}
