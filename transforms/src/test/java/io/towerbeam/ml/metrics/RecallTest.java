package io.towerbeam.ml.metrics;

import static io.towerbeam.ml.metrics.Hits.hits;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecallTest {
  private final RankingMetric metric = new Recall();

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
  void isAQuarterForTwoHitsOfEightRelevant() {
    assertThat(metric.of(hits("010101", 8), 5)).isEqualTo(0.25);
  }

  @Test
  void staysBelowOneIfMoreThanKAreRelevant() {
    assertThat(metric.of(hits("11", 4), 2)).isEqualTo(0.5);
  }
}
