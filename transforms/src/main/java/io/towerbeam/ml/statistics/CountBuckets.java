package io.towerbeam.ml.statistics;

import java.util.Collection;
import java.util.stream.LongStream;

/**
 * Fixed buckets of counts, so that histograms of different data can be compared: bucket b has the
 * counts from 2^b to 2^(b+1) − 1, the last one all that are greater.
 */
public final class CountBuckets {
  /** How many there are. */
  public static final int BUCKETS = 32;

  private CountBuckets() {}

  /**
   * The bucket of a count.
   *
   * @throws IllegalArgumentException if the count is not positive
   */
  public static int of(long count) {
    if (count < 1) {
      throw new IllegalArgumentException("a count must be at least 1, not " + count);
    }
    return Math.min(Long.SIZE - 1 - Long.numberOfLeadingZeros(count), BUCKETS - 1);
  }

  /** (BUCKETS) how many of the counts are in each bucket; all nought if there are none. */
  public static long[] histogram(Collection<Long> counts) {
    long[] histogram = new long[BUCKETS];
    counts.stream().flatMapToLong(LongStream::of).forEach(count -> histogram[of(count)]++);
    return histogram;
  }
}
