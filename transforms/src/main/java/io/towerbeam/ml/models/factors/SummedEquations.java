package io.towerbeam.ml.models.factors;

import java.util.Arrays;

/**
 * {@link NormalEquations} for few factors: the products y·yᵀ are computed once for each fixed
 * vector, so that A and b of a row are plain sums of rows of one table.
 *
 * <p>Must fit in memory: F + F·(F + 1)/2 float64 for each fixed vector.
 */
final class SummedEquations implements NormalEquations {
  private final int factors;
  private final double confidence;
  private final double[] shared; // (F, F)
  private final double[] table; // (N, W): y, then the lower triangle of y·yᵀ by rows
  private final double[] sums; // (W)
  private final double[] a; // (F, F)

  SummedEquations(double[] fixed, AlsSettings settings) {
    factors = settings.factors();
    confidence = settings.confidence();
    shared = NormalEquations.shared(fixed, factors, settings.regularization()).data;
    table = table(fixed, factors);
    sums = new double[width(factors)];
    a = new double[factors * factors];
  }

  /** Columns of the table. */
  static int width(int factors) {
    return factors + factors * (factors + 1) / 2;
  }

  private static double[] table(double[] fixed, int factors) {
    double[] table = new double[fixed.length / factors * width(factors)];
    int at = 0;
    for (int from = 0; from < fixed.length; from += factors) {
      for (int f = from; f < from + factors; f++) {
        table[at++] = fixed[f];
      }
      for (int f = from; f < from + factors; f++) {
        for (int g = from; g <= f; g++) {
          table[at++] = fixed[f] * fixed[g];
        }
      }
    }
    return table;
  }

  @Override
  public void take(int[] picks, int from, int to) {
    sumRows(picks, from, to);
    int at = factors;
    for (int f = 0; f < factors; f++) {
      for (int g = 0; g <= f; g++) {
        double entry = shared[f * factors + g] + (confidence - 1) * sums[at++];
        a[f * factors + g] = entry;
        a[g * factors + f] = entry;
      }
    }
  }

  /** Four columns at a time, so that the sums stay in registers: nearly all time is spent here. */
  private void sumRows(int[] picks, int from, int to) {
    double[] rows = table;
    int width = sums.length;
    int column = 0;
    for (; column + 4 <= width; column += 4) {
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      for (int i = from; i < to; i++) {
        int at = picks[i] * width + column;
        sum0 += rows[at];
        sum1 += rows[at + 1];
        sum2 += rows[at + 2];
        sum3 += rows[at + 3];
      }
      sums[column] = sum0;
      sums[column + 1] = sum1;
      sums[column + 2] = sum2;
      sums[column + 3] = sum3;
    }
    Arrays.fill(sums, column, width, 0);
    for (; column < width; column++) {
      for (int i = from; i < to; i++) {
        sums[column] += rows[picks[i] * width + column];
      }
    }
  }

  @Override
  public void rightSide(double[] b) {
    for (int f = 0; f < factors; f++) {
      b[f] = confidence * sums[f];
    }
  }

  @Override
  public void times(double[] x, double[] product) {
    for (int f = 0; f < factors; f++) {
      double sum = 0;
      for (int g = 0; g < factors; g++) {
        sum += a[f * factors + g] * x[g];
      }
      product[f] = sum;
    }
  }
}
