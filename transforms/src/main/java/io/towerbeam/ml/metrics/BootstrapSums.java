package io.towerbeam.ml.metrics;

import java.util.Arrays;

/**
 * Sums of P metrics over users in each of R resamples, as whole numbers: the same to the last bit
 * in whatever order users are added and disjoint sets of users merged. Holds 8·R·(P + 1) bytes. Not
 * thread-safe.
 */
public final class BootstrapSums {
  private final int resamples;
  private final long[] weights;
  private final long[] sums;

  private BootstrapSums(int resamples, long[] weights, long[] sums) {
    this.resamples = resamples;
    this.weights = weights;
    this.sums = sums;
  }

  /** Sums of no users. */
  public static BootstrapSums empty(int resamples, int metrics) {
    return new BootstrapSums(
        resamples, new long[resamples], new long[Math.multiplyExact(resamples, metrics)]);
  }

  /**
   * Sums that stood in {@link #weights} and {@link #sums} before.
   *
   * @throws IllegalArgumentException if the second is no multiple of the first's length
   */
  public static BootstrapSums restore(long[] weights, long[] sums) {
    if (weights.length == 0 ? sums.length > 0 : sums.length % weights.length != 0) {
      throw new IllegalArgumentException(
          "%d sums for %d resamples".formatted(sums.length, weights.length));
    }
    return new BootstrapSums(weights.length, weights, sums);
  }

  /**
   * Adds a user.
   *
   * @param counted (R) how often the user counts in each resample, by {@link Resampling#weights}
   * @param values (P) the user's metrics in units of {@link RankingTotals}, which has room for them
   */
  public void add(byte[] counted, long[] values) {
    for (int resample = 0; resample < resamples; resample++) {
      weights[resample] += counted[resample];
    }
    for (int metric = 0; metric < values.length; metric++) {
      long value = values[metric];
      int from = metric * resamples;
      if (value != 0) {
        for (int resample = 0; resample < resamples; resample++) {
          sums[from + resample] += counted[resample] * value;
        }
      }
    }
  }

  /** Adds the users of {@code other}, which is not changed. */
  public void merge(BootstrapSums other) {
    if (other.weights.length != weights.length || other.sums.length != sums.length) {
      throw new IllegalArgumentException(
          "sums of %d and of %d resamples cannot be merged"
              .formatted(weights.length, other.weights.length));
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] += other.weights[i];
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
  }

  /**
   * The mean of a metric in each resample, (at most R) in the order of resamples. Resamples that no
   * user is in are left out, the same ones for every model that has the same users.
   *
   * @param metric 0 ≤ metric &lt; P
   */
  public double[] means(int metric) {
    double[] means = new double[resamples];
    int size = 0;
    for (int resample = 0; resample < resamples; resample++) {
      if (weights[resample] > 0) {
        means[size++] =
            sums[metric * resamples + resample] / RankingTotals.UNITS_PER_ONE / weights[resample];
      }
    }
    return Arrays.copyOf(means, size);
  }

  /** How many users each resample counts, (R); not copied, so do not write to them. */
  public long[] weights() {
    return weights;
  }

  /** (P, R) the sums, row-major; not copied, so do not write to them. */
  public long[] sums() {
    return sums;
  }
}
