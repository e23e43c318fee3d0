package io.towerbeam.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class RankingMetricPropertiesTest {
  private static final RankingMetric NDCG = new Ndcg();
  private static final RankingMetric MAP = new MeanAveragePrecision();
  private static final List<RankingMetric> OF_RELEVANCE =
      RankingMetrics.PER_USER.stream()
          .filter(metric -> !(metric instanceof Novelty || metric instanceof MeanPopularity))
          .toList();

  @Property
  void everyMetricOfRelevanceLiesBetweenZeroAndOne(
      @ForAll @UniqueElements @Size(max = 15) List<@IntRange(max = 30) Integer> list,
      @ForAll @NotEmpty Set<@IntRange(max = 30) Integer> relevant,
      @ForAll @IntRange(min = 1, max = 20) int k) {
    JudgedList hits = Hits.list(names(list), new HashSet<>(names(relevant)));
    for (RankingMetric metric : OF_RELEVANCE) {
      assertThat(metric.of(hits, k)).as(metric.name()).isBetween(0.0, 1.0);
    }
  }

  @Property
  void allMetricsOfRelevanceAgreeOnWhetherThereIsAHit(
      @ForAll @UniqueElements @Size(max = 15) List<@IntRange(max = 30) Integer> list,
      @ForAll @NotEmpty Set<@IntRange(max = 30) Integer> relevant,
      @ForAll @IntRange(min = 1, max = 20) int k) {
    JudgedList hits = Hits.list(names(list), new HashSet<>(names(relevant)));
    boolean hit = new HitRate().of(hits, k) == 1;
    for (RankingMetric metric : OF_RELEVANCE) {
      assertThat(metric.of(hits, k) > 0).as(metric.name()).isEqualTo(hit);
    }
  }

  @Property
  void aListOfNothingButRelevantItemsIsPerfect(
      @ForAll @IntRange(min = 1, max = 20) int k, @ForAll @IntRange(max = 20) int unlisted) {
    JudgedList hits = Hits.hits("1".repeat(k), k + unlisted);
    assertThat(NDCG.of(hits, k)).isEqualTo(1);
    assertThat(MAP.of(hits, k)).isEqualTo(1, within(1e-12));
    assertThat(new Precision().of(hits, k)).isEqualTo(1);
  }

  @Property
  void anEarlierHitIsWorthMore(
      @ForAll @IntRange(min = 1, max = 18) int rank, @ForAll @IntRange(min = 1, max = 5) int more) {
    JudgedList later = Hits.hits("0".repeat(rank) + "1", more);
    JudgedList earlier = Hits.hits("0".repeat(rank - 1) + "10", more);
    assertThat(NDCG.of(earlier, 20)).isGreaterThan(NDCG.of(later, 20));
    assertThat(MAP.of(earlier, 20)).isGreaterThan(MAP.of(later, 20));
  }

  @Property
  void precisionAndRecallCountTheSameHits(
      @ForAll @UniqueElements @Size(max = 15) List<@IntRange(max = 30) Integer> list,
      @ForAll @NotEmpty Set<@IntRange(max = 30) Integer> relevant,
      @ForAll @IntRange(min = 1, max = 20) int k) {
    JudgedList hits = Hits.list(names(list), new HashSet<>(names(relevant)));
    assertThat(new Precision().of(hits, k) * k)
        .isCloseTo(new Recall().of(hits, k) * relevant.size(), within(1e-9));
  }

  private static List<String> names(Iterable<Integer> numbers) {
    List<String> names = new ArrayList<>();
    numbers.forEach(number -> names.add(number.toString()));
    return names;
  }
}
