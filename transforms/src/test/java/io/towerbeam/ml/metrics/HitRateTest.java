package io.towerbeam.ml.metrics;

import static io.towerbeam.ml.metrics.Hits.hits;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HitRateTest {
  private final RankingMetric metric = new HitRate();

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
  void seesAHitAtRankKAndNoneAfterIt() {
    assertThat(metric.of(hits("0001", 1), 4)).isEqualTo(1);
    assertThat(metric.of(hits("0001", 1), 3)).isEqualTo(0);
  }
}
