package io.towerbeam.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoveltyTest {
  private static final ItemPopularity POPULARITY =
      ItemPopularity.of(Map.of("half", 8L, "quarter", 4L, "other", 4L));
  private final RankingMetric metric = new Novelty();

  private static JudgedList list(String... items) {
    return JudgedList.of(List.of(items), Set.of("half"), POPULARITY);
  }

  @Test
  void isTheMeanSelfInformationInBits() {
    assertThat(metric.of(list("half", "quarter"), 2)).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void looksNoFurtherThanK() {
    assertThat(metric.of(list("half", "quarter"), 1)).isCloseTo(1, within(1e-12));
  }

  @Test
  void isAMeanOverTheItemsThereAre() {
    assertThat(metric.of(list("quarter"), 10)).isCloseTo(2, within(1e-12));
  }

  @Test
  void countsAnUnknownItemAsOneThatWasTakenOnce() {
    assertThat(metric.of(list("unknown"), 1)).isCloseTo(4, within(1e-12));
  }

  @Test
  void isZeroForAnEmptyList() {
    assertThat(metric.of(list(), 3)).isEqualTo(0);
  }
}
