package io.towerbeam.benchmarks;

import io.towerbeam.ml.metrics.ItemPopularity;
import io.towerbeam.ml.metrics.JudgedList;
import io.towerbeam.ml.metrics.RankingTotals;
import io.towerbeam.ml.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** All metrics at 10 over the lists of 836 users with 113 relevant items each. */
@State(Scope.Thread)
public class RankingMetricsBenchmark {
  private static final int TEST_USERS = 836;
  private static final int RELEVANT = 113;

  private final List<List<String>> lists = new ArrayList<>();
  private final List<Set<String>> relevant = new ArrayList<>();
  private ItemPopularity popularity;

  @Setup
  public void draw() {
    CounterRandom random = CounterRandom.of(8);
    Map<String, Long> counts = new HashMap<>();
    for (int item = 0; item < Shapes.ITEMS; item++) {
      counts.put(String.valueOf(item), 1L + random.nextInt(1000));
    }
    popularity = ItemPopularity.of(counts);
    for (int user = 0; user < TEST_USERS; user++) {
      int[] order = random.permutation(Shapes.ITEMS);
      lists.add(Arrays.stream(order, 0, Shapes.K).mapToObj(String::valueOf).toList());
      relevant.add(
          Arrays.stream(Shapes.below(Shapes.ITEMS, RELEVANT, random))
              .mapToObj(String::valueOf)
              .collect(Collectors.toSet()));
    }
  }

  @Benchmark
  public SortedMap<String, Double> judge() {
    RankingTotals totals = RankingTotals.empty(List.of(Shapes.K));
    for (int user = 0; user < TEST_USERS; user++) {
      totals.add(JudgedList.of(lists.get(user), relevant.get(user), popularity));
    }
    return totals.metrics(Shapes.ITEMS);
  }
}
