package io.towerbeam.ml.metrics;

import static io.towerbeam.ml.metrics.Hits.hits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NdcgTest {
  private final RankingMetric metric = new Ndcg();

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

  // 1/log2(2) + 1/log2(4) = 1 + .5 for the hits; ideal 1 + 1/log2(3) = 1.63092975357145743
  @Test
  void followsTheHandWorkedValueForHitsAtRanksOneAndThree() {
    assertThat(metric.of(hits("101", 2), 3)).isCloseTo(1.5 / 1.6309297535714573, within(1e-15));
  }

  @Test
  void discountsAHitAtRankSevenToAThird() {
    assertThat(metric.of(hits("0000001", 1), 10)).isCloseTo(1.0 / 3, within(1e-15));
  }

  @Test
  void looksNoFurtherThanK() {
    assertThat(metric.of(hits("101", 2), 2)).isCloseTo(1 / 1.6309297535714573, within(1e-15));
  }
}
