package io.towerbeam.ml.models.contextual;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The logarithm of an expected count as a sum of weights: log E[n_j] = w_0 + Σ w_t over the terms t
 * of item j. The weights are those of the greatest likelihood of Poisson-distributed counts less
 * λ/2 · Σ w_t², without w_0, where counts are in units of their mean, so that λ means as much for
 * many interactions as for few. Found by Newton's method with halved steps; the fitted counts add
 * up to the given ones.
 *
 * @param weights (T)
 * @param intercept w_0
 */
record PoissonRegression(double[] weights, double intercept) {
  private static final int MOST_STEPS = 50;
  private static final double SMALLEST_GAIN = 1e-10;

  /**
   * The regression of items' counts on their terms.
   *
   * @param terms (I) of each item, each from 0 to T − 1
   * @param size T
   * @param counts (I), not all of them 0
   * @param ridge λ
   */
  static PoissonRegression fit(List<int[]> terms, int size, long[] counts, double ridge) {
    double mean = Arrays.stream(counts).average().orElseThrow();
    double[] shares = new double[counts.length];
    for (int item = 0; item < shares.length; item++) {
      shares[item] = counts[item] / mean;
    }
    double[] w = new double[size + 1]; // the intercept last
    double loss = loss(terms, shares, w, ridge);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] direction = direction(terms, shares, w, ridge);
      double length = 1;
      double[] next = moved(w, direction, length);
      while (!(loss(terms, shares, next, ridge) <= loss) && length > SMALLEST_GAIN) {
        length /= 2;
        next = moved(w, direction, length);
      }
      double gain = loss - loss(terms, shares, next, ridge);
      if (!(gain > SMALLEST_GAIN * Math.abs(loss))) {
        break;
      }
      w = next;
      loss -= gain;
    }
    return new PoissonRegression(Arrays.copyOf(w, size), w[size] + StrictMath.log(mean));
  }

  private static double[] moved(double[] w, double[] direction, double length) {
    double[] moved = w.clone();
    Arrays.setAll(moved, t -> w[t] + length * direction[t]);
    return moved;
  }

  private static double sum(int[] terms, double[] w) {
    double sum = w[w.length - 1];
    for (int term : terms) {
      sum += w[term];
    }
    return sum;
  }

  /** Minus the logarithm of the likelihood, but for a constant. */
  private static double loss(List<int[]> terms, double[] shares, double[] w, double ridge) {
    double loss = 0;
    for (int item = 0; item < shares.length; item++) {
      double sum = sum(terms.get(item), w);
      loss += StrictMath.exp(sum) - shares[item] * sum;
    }
    for (int t = 0; t < w.length - 1; t++) {
      loss += ridge / 2 * w[t] * w[t];
    }
    return loss;
  }

  /** Where Newton's step leads. */
  private static double[] direction(List<int[]> terms, double[] shares, double[] w, double ridge) {
    int last = w.length - 1;
    DMatrixRMaj hessian = new DMatrixRMaj(w.length, w.length);
    DMatrixRMaj downhill = new DMatrixRMaj(w.length, 1);
    for (int item = 0; item < shares.length; item++) {
      int[] own = Arrays.copyOf(terms.get(item), terms.get(item).length + 1);
      own[own.length - 1] = last;
      double expected = StrictMath.exp(sum(terms.get(item), w));
      for (int a : own) {
        downhill.data[a] += shares[item] - expected;
        for (int b : own) {
          hessian.add(a, b, expected);
        }
      }
    }
    for (int t = 0; t < last; t++) {
      hessian.add(t, t, ridge);
      downhill.data[t] -= ridge * w[t];
    }
    DMatrixRMaj direction = new DMatrixRMaj(w.length, 1);
    if (!CommonOps_DDRM.solveSPD(hessian, downhill, direction)) {
      throw new IllegalStateException("the terms have no weights: the counts are not finite");
    }
    return direction.data;
  }

  /** The logarithm of the count that is expected of an item with these terms. */
  double logCount(int[] terms) {
    double sum = intercept;
    for (int term : terms) {
      sum += weights[term];
    }
    return sum;
  }
}
