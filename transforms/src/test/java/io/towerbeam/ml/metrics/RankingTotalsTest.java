package io.towerbeam.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RankingTotalsTest {
  private static final List<Integer> CUTOFFS = List.of(1, 2);

  @Test
  void metricsAreMeansOverUsersAndCoverageIsOverAllLists() {
    RankingTotals totals = RankingTotals.empty(CUTOFFS);
    totals.add(Hits.list(List.of("a", "b"), Set.of("b", "x")));
    totals.add(Hits.list(List.of("b", "c"), Set.of("x")));
    Map<String, Double> metrics = totals.metrics(4);
    assertThat(metrics.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(1, 2)
                .flatMap(
                    k ->
                        Stream.of(
                                "hit_rate",
                                "precision",
                                "recall",
                                "ndcg",
                                "map",
                                "mrr",
                                "novelty",
                                "mean_popularity",
                                "coverage",
                                "gini")
                            .map(name -> name + "@" + k))
                .toList());
    assertThat(metrics)
        .containsEntry("hit_rate@1", 0.0)
        .containsEntry("hit_rate@2", 0.5)
        .containsEntry("precision@2", 0.25)
        .containsEntry("recall@2", 0.25)
        .containsEntry("map@2", 0.125)
        .containsEntry("mrr@2", 0.25)
        .containsEntry("coverage@1", 0.5)
        .containsEntry("coverage@2", 0.75);
  }

  @Test
  void aMeanIsWithinTheDocumentedBound() {
    RankingTotals totals = RankingTotals.empty(List.of(3));
    for (int user = 0; user < 1000; user++) {
      totals.add(Hits.list(List.of("a"), Set.of("a", "x", "y")));
    }
    assertThat(totals.metrics(1).get("recall@3")).isCloseTo(1.0 / 3, within(0x1p-31 + 1e-15));
  }

  @Test
  void countsHowManyListsShowAnItemDownToEachCutoff() {
    RankingTotals totals = RankingTotals.empty(CUTOFFS);
    totals.add(Hits.list(List.of("a", "b", "c"), Set.of("x")));
    totals.add(Hits.list(List.of("b"), Set.of("x", "y")));
    assertThat(totals.exposures()).containsOnlyKeys("a", "b");
    assertThat(totals.exposures().get("a")).containsExactly(1, 1);
    assertThat(totals.exposures().get("b")).containsExactly(1, 2);
    assertThat(totals.relevant()).isEqualTo(3);
    // one of four items shown once, one twice: (2·3 − 5)·1 + (2·4 − 5)·2 over 4·3
    assertThat(totals.metrics(4).get("gini@2")).isEqualTo(7. / 12);
  }

  @Test
  void anOverflowThrows() {
    long[] sums = new long[RankingMetrics.PER_USER.size()];
    sums[0] = Long.MAX_VALUE;
    RankingTotals totals = RankingTotals.restore(List.of(1), 1, 1, sums, Map.of());
    assertThatThrownBy(() -> totals.add(Hits.list(List.of("a"), Set.of("a"))))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void noUsersHaveNoMeans() {
    assertThatThrownBy(() -> RankingTotals.empty(CUTOFFS).metrics(1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesCutoffsThatCannotBeEvaluated() {
    for (List<Integer> cutoffs : List.of(List.<Integer>of(), List.of(0), List.of(5, 5))) {
      assertThatThrownBy(() -> RankingTotals.empty(cutoffs))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(cutoffs.toString());
    }
  }

  @Test
  void refusesToMergeTotalsAtOtherCutoffs() {
    RankingTotals totals = RankingTotals.empty(CUTOFFS);
    assertThatThrownBy(() -> totals.merge(RankingTotals.empty(List.of(3))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
