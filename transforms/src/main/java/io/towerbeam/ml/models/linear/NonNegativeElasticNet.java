package io.towerbeam.ml.models.linear;

import java.util.Arrays;

/**
 * Weights w ≥ 0 that minimise ½·wᵀGw − g·w + l1·Σw + ½·l2·‖w‖² by coordinate descent: an elastic
 * net of one column of a non-negative matrix on the others, seen through its Gram matrix G alone; g
 * is the column's row of G, and the column itself has no weight.
 *
 * <p>As G has no negative values, a column whose g is not above l1 has the weight 0 whatever the
 * others have, and is never looked at. Safe for use by many threads.
 *
 * <p>Source: Friedman, Hastie and Tibshirani, "Regularization Paths for Generalized Linear Models
 * via Coordinate Descent" (2010), covariance updates.
 */
final class NonNegativeElasticNet {
  private final double[][] gram;
  private final double l1;
  private final double l2;
  private final int iterations;
  private final double tolerance;

  /**
   * @param gram (F, F) symmetric, no value negative; not copied
   * @param iterations the most sweeps over the weights
   * @param tolerance a sweep that changes no weight by more than this share of the largest is the
   *     last
   */
  NonNegativeElasticNet(double[][] gram, double l1, double l2, int iterations, double tolerance) {
    this.gram = gram;
    this.l1 = l1;
    this.l2 = l2;
    this.iterations = iterations;
    this.tolerance = tolerance;
  }

  /** The weights of all columns for column {@code target}, (F). */
  double[] fit(int target) {
    int[] candidates = candidates(target);
    double[] residual = new double[candidates.length]; // g − Gw
    for (int c = 0; c < candidates.length; c++) {
      residual[c] = gram[target][candidates[c]];
    }
    double[] found = new double[candidates.length];
    for (int iteration = 0; iteration < iterations; iteration++) {
      double largestChange = sweep(candidates, residual, found);
      if (largestChange <= tolerance * max(found)) {
        break;
      }
    }
    double[] weights = new double[gram.length];
    for (int c = 0; c < candidates.length; c++) {
      weights[candidates[c]] = found[c];
    }
    return weights;
  }

  private double sweep(int[] candidates, double[] residual, double[] weights) {
    double largestChange = 0;
    for (int c = 0; c < candidates.length; c++) {
      double[] row = gram[candidates[c]];
      double own = row[candidates[c]];
      double weight = Math.max(0, (residual[c] + own * weights[c] - l1) / (own + l2));
      double change = weight - weights[c];
      if (change != 0) {
        weights[c] = weight;
        for (int other = 0; other < candidates.length; other++) {
          residual[other] -= change * row[candidates[other]];
        }
        largestChange = Math.max(largestChange, Math.abs(change));
      }
    }
    return largestChange;
  }

  private int[] candidates(int target) {
    int[] found = new int[gram.length];
    int size = 0;
    for (int column = 0; column < gram.length; column++) {
      if (column != target && gram[target][column] > l1) {
        found[size++] = column;
      }
    }
    return Arrays.copyOf(found, size);
  }

  private static double max(double[] values) {
    double max = 0;
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
