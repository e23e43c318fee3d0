package io.towerbeam.ml.metrics;

import static io.towerbeam.ml.metrics.Hits.hits;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrecisionTest {
  private final RankingMetric metric = new Precision();

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
  void isTwoFifthsForTwoHitsInFivePlaces() {
    assertThat(metric.of(hits("010101", 7), 5)).isEqualTo(0.4);
  }

  @Test
  void dividesByKEvenIfTheListIsShorterOrLessIsRelevant() {
    assertThat(metric.of(hits("11", 2), 10)).isEqualTo(0.2);
  }
}
