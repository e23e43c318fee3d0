package io.towerbeam.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeanPopularityTest {
  private static final ItemPopularity POPULARITY = ItemPopularity.of(Map.of("a", 6L, "b", 2L));
  private final RankingMetric metric = new MeanPopularity();

  private static JudgedList list(String... items) {
    return JudgedList.of(List.of(items), Set.of("a"), POPULARITY);
  }

  @Test
  void isTheMeanShareInAllTrainInteractions() {
    assertThat(metric.of(list("a", "b"), 2)).isEqualTo(.5);
  }

  @Test
  void looksNoFurtherThanK() {
    assertThat(metric.of(list("a", "b"), 1)).isEqualTo(.75);
  }

  @Test
  void isZeroForAnEmptyList() {
    assertThat(metric.of(list(), 3)).isEqualTo(0);
  }
}
