package io.towerbeam.ml.metrics;

import java.util.Arrays;

/**
 * What the means of resamples say of a mean, and of the difference of two.
 *
 * <p>Source: B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13
 * (percentile interval) and 15; two models are compared on the same resamples of users, as in T.
 * Sakai, "Evaluating evaluation metrics based on the bootstrap", SIGIR 2006.
 */
public final class Bootstrap {
  private static final double TAIL = .025;

  private Bootstrap() {}

  /** A 95% percentile interval. */
  public record Interval(double lower, double upper) {}

  /**
   * Two models' means apart.
   *
   * @param interval the 95% percentile interval of the difference
   * @param pValue two-sided: twice the smaller of the shares of resamples in which the difference
   *     is not above and not below zero, at most 1; the data themselves count as one more resample,
   *     so that it is never 0
   */
  public record Difference(Interval interval, double pValue) {}

  /**
   * The interval of a mean.
   *
   * @param means at least one
   */
  public static Interval interval(double[] means) {
    double[] sorted = means.clone();
    Arrays.sort(sorted);
    return new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  /**
   * How the first model's mean differs from the second's.
   *
   * @param means in each resample, at least one
   * @param others aligned with them
   */
  public static Difference difference(double[] means, double[] others) {
    double[] differences = new double[requirePaired(means, others)];
    int notAbove = 1;
    int notBelow = 1;
    for (int i = 0; i < means.length; i++) {
      differences[i] = means[i] - others[i];
      notAbove += differences[i] <= 0 ? 1 : 0;
      notBelow += differences[i] >= 0 ? 1 : 0;
    }
    double share = (double) Math.min(notAbove, notBelow) / (means.length + 1);
    return new Difference(interval(differences), Math.min(1, 2 * share));
  }

  /**
   * What the first model's mean is above the second's by at least: the one-sided lower bound.
   *
   * @param means in each resample, at least one
   * @param others aligned with them
   * @param confidence 0 to 1
   */
  public static double leastDifference(double[] means, double[] others, double confidence) {
    double[] sorted = new double[requirePaired(means, others)];
    for (int i = 0; i < means.length; i++) {
      sorted[i] = means[i] - others[i];
    }
    Arrays.sort(sorted);
    return quantile(sorted, 1 - confidence);
  }

  private static int requirePaired(double[] means, double[] others) {
    if (means.length != others.length) {
      throw new IllegalArgumentException(
          "%d and %d resamples cannot be paired".formatted(means.length, others.length));
    }
    return means.length;
  }

  /** Linear between the two nearest, as NumPy's default does. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
