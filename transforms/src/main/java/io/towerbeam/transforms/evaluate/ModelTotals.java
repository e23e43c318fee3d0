package io.towerbeam.transforms.evaluate;

import static java.util.stream.Collectors.joining;

import io.towerbeam.ml.metrics.RankingTotals;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of one model's lists for some of the users: the sums of its metrics, and the faults
 * that forbid a result. Not thread-safe.
 */
final class ModelTotals {
  private final RankingTotals ranking;
  private final Map<ListFault, FaultyUsers> faults = new EnumMap<>(ListFault.class);

  ModelTotals(RankingTotals ranking) {
    this.ranking = ranking;
    for (ListFault fault : ListFault.values()) {
      faults.put(fault, new FaultyUsers());
    }
  }

  static ModelTotals empty(List<Integer> cutoffs) {
    return new ModelTotals(RankingTotals.empty(cutoffs));
  }

  RankingTotals ranking() {
    return ranking;
  }

  FaultyUsers faulty(ListFault fault) {
    return faults.get(fault);
  }

  boolean hasFaults() {
    return faults.values().stream().anyMatch(users -> users.count() > 0);
  }

  /** Adds {@code other}, which is not changed. */
  void merge(ModelTotals other) {
    ranking.merge(other.ranking);
    other.faults.forEach((fault, users) -> faults.get(fault).add(users.count(), users.examples()));
  }

  /** One line that counts every fault there is, with examples. */
  String describeFaults() {
    return faults.entrySet().stream()
        .filter(fault -> fault.getValue().count() > 0)
        .map(fault -> describe(fault.getKey(), fault.getValue()))
        .collect(joining("; ", "cannot be evaluated: ", ""));
  }

  private static String describe(ListFault fault, FaultyUsers users) {
    return "%s: %d (users such as %s)"
        .formatted(fault.counted(), users.count(), String.join(", ", users.examples()));
  }
}
