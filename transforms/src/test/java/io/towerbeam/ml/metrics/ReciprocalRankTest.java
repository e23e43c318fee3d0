package io.towerbeam.ml.metrics;

import static io.towerbeam.ml.metrics.Hits.hits;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReciprocalRankTest {
  private final RankingMetric metric = new ReciprocalRank();

  @Test
  void isOneForAPerfectList() {
    assertThat(metric.of(hits("111", 3), 3)).isEqualTo(1);
  }

  @Test
  void isZeroWithoutAMatch() {
    assertThat(metric.of(hits("000", 3), 3)).isEqualTo(0);
  }

  @Test
  void isZeroForAnEmptyList() {
    assertThat(metric.of(hits("", 3), 3)).isEqualTo(0);
  }

  @Test
  void looksAtTheFirstHitAlone() {
    assertThat(metric.of(hits("0011", 2), 4)).isEqualTo(1. / 3);
  }

  @Test
  void looksNoFurtherThanK() {
    assertThat(metric.of(hits("001", 1), 2)).isEqualTo(0);
  }
}
