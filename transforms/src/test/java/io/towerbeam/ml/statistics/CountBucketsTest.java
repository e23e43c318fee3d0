package io.towerbeam.ml.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountBucketsTest {
  @Test
  void aBucketBeginsAtAPowerOfTwo() {
    assertThat(CountBuckets.of(1)).isZero();
    assertThat(CountBuckets.of(2)).isEqualTo(1);
    assertThat(CountBuckets.of(3)).isEqualTo(1);
    assertThat(CountBuckets.of(4)).isEqualTo(2);
    assertThat(CountBuckets.of((1L << 31) - 1)).isEqualTo(30);
    assertThat(CountBuckets.of(1L << 31)).isEqualTo(31);
    assertThat(CountBuckets.of(Long.MAX_VALUE)).isEqualTo(31);
  }

  @Test
  void nothingIsNoCount() {
    assertThatThrownBy(() -> CountBuckets.of(0)).hasMessageContaining("at least 1");
  }

  @Test
  void countsAreCountedByBucket() {
    long[] histogram = CountBuckets.histogram(List.of(1L, 1L, 2L, 3L, 9L));
    assertThat(histogram).hasSize(CountBuckets.BUCKETS).startsWith(2, 2, 0, 1);
    assertThat(Arrays.stream(histogram).sum()).isEqualTo(5);
    assertThat(CountBuckets.histogram(List.of())).hasSize(CountBuckets.BUCKETS).containsOnly(0);
  }
}
