package io.towerbeam.ml.statistics;

import java.util.List;

/**
 * How far a distribution has moved: the population stability index Σ (a − e) · ln(a / e) over the
 * buckets of two histograms, where e is a bucket's share before and a its share now. It is 0 for
 * equal shares and the same in both directions; by custom less than .1 is no change to speak of and
 * more than .25 a great one.
 *
 * <p>A share below {@link #LEAST_SHARE} counts as that, so that an empty bucket gives a number.
 */
public final class PopulationStability {
  /** What an empty bucket counts as. */
  public static final double LEAST_SHARE = 1e-4;

  private PopulationStability() {}

  /**
   * The index; 0 if either histogram is empty, since nothing can be said then.
   *
   * @param before counts by bucket
   * @param now counts by the same buckets; where one list is longer, the other has nought there
   */
  public static double index(List<Long> before, List<Long> now) {
    long allBefore = before.stream().mapToLong(Long::longValue).sum();
    long allNow = now.stream().mapToLong(Long::longValue).sum();
    if (allBefore == 0 || allNow == 0) {
      return 0;
    }
    double index = 0;
    for (int bucket = 0; bucket < Math.max(before.size(), now.size()); bucket++) {
      double e = share(before, bucket, allBefore);
      double a = share(now, bucket, allNow);
      index += (a - e) * Math.log(a / e);
    }
    return index;
  }

  private static double share(List<Long> histogram, int bucket, long all) {
    long count = bucket < histogram.size() ? histogram.get(bucket) : 0;
    return Math.max((double) count / all, LEAST_SHARE);
  }
}
