package io.towerbeam.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankedHitsTest {
  private final JudgedList hits = Hits.list(List.of("a", "b", "c"), Set.of("b", "c", "x"));

  @Test
  void ranksStartAtOne() {
    assertThat(hits.isHit(1)).isFalse();
    assertThat(hits.isHit(2)).isTrue();
  }

  @Test
  void countsTheHitsDownToK() {
    assertThat(hits.count(2)).isEqualTo(1);
    assertThat(hits.count(10)).isEqualTo(2);
  }

  @Test
  void countsUnlistedItemsAsRelevant() {
    assertThat(hits.relevant()).isEqualTo(3);
    assertThat(hits.idealCount(2)).isEqualTo(2);
    assertThat(hits.idealCount(10)).isEqualTo(3);
  }

  @Test
  void refusesAListWithAnItemTwice() {
    assertThatThrownBy(() -> Hits.list(List.of("a", "b", "a"), Set.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[a, b, a]");
  }

  @Test
  void refusesAUserWithoutRelevantItems() {
    assertThatThrownBy(() -> Hits.list(List.of("a"), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyMetricRefusesAKBelowOne() {
    for (RankingMetric metric : RankingMetrics.PER_USER) {
      assertThatThrownBy(() -> metric.of(hits, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("k is 0");
    }
  }
}
