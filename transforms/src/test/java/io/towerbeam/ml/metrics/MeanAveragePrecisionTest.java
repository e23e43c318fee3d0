package io.towerbeam.ml.metrics;

import static io.towerbeam.ml.metrics.Hits.hits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeanAveragePrecisionTest {
  private final RankingMetric metric = new MeanAveragePrecision();

  @Test
  void isOneForAPerfectList() {
    assertThat(metric.of(hits("111", 3), 3)).isEqualTo(1);
  }

  @Test
  void isOneIfMoreThanKAreRelevantAndAllPlacesHit() {
    assertThat(metric.of(hits("111", 50), 3)).isEqualTo(1);
  }

  @Test
  void isZeroWithoutAMatch() {
    assertThat(metric.of(hits("000", 3), 3)).isEqualTo(0);
  }

  @Test
  void isZeroForAnEmptyList() {
    assertThat(metric.of(hits("", 3), 3)).isEqualTo(0);
  }

  // precision 1/1 at rank 1 and 2/3 at rank 3, over min(4, 3) = 3
  @Test
  void followsTheHandWorkedValueForHitsAtRanksOneAndThree() {
    assertThat(metric.of(hits("101", 4), 3)).isCloseTo(5.0 / 9, within(1e-15));
  }

  @Test
  void looksNoFurtherThanK() {
    assertThat(metric.of(hits("101", 4), 2)).isEqualTo(0.5);
  }
}
