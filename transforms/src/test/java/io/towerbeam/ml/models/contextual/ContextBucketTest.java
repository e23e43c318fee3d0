package io.towerbeam.ml.models.contextual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextBucketTest {
  @ParameterizedTest
  @CsvSource({
    "-5, same-day",
    "0, same-day",
    "86399, same-day",
    "86400, after-1-day",
    "604799, after-1-day",
    "604800, after-7-days",
    "2592000, after-30-days",
    "7776000, after-90-days",
    "9000000000, after-90-days"
  })
  void anAbsenceFallsIntoTheBucketThatBeganLast(long seconds, String name) {
    assertThat(ContextBucket.of(seconds).parameterName()).isEqualTo(name);
  }

  @Test
  void everyBucketIsFoundByItsParameterName() {
    assertThat(ContextBucket.parameterNames()).hasSize(ContextBucket.COUNT);
    for (ContextBucket bucket : ContextBucket.values()) {
      assertThat(ContextBucket.named(bucket.parameterName())).isEqualTo(bucket);
    }
  }
}
