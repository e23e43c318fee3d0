package io.towerbeam.transforms.evaluate;

import static java.util.stream.Collectors.joining;

import io.towerbeam.ml.metrics.JudgedList;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of one model's lists for some of the users: the sums of its metrics by segment, and
 * the faults that forbid a result. Not thread-safe.
 */
final class ModelTotals {
  private final EvaluationSettings settings;
  private final SortedMap<String, SegmentTotals> segments = new TreeMap<>();
  private final SortedSet<String> incomplete = new TreeSet<>();
  private final Map<ListFault, FaultyUsers> faults = new EnumMap<>(ListFault.class);

  ModelTotals(EvaluationSettings settings) {
    this.settings = settings;
    for (ListFault fault : ListFault.values()) {
      faults.put(fault, new FaultyUsers());
    }
  }

  /** Sums by segment; segments without a list are left out. */
  SortedMap<String, SegmentTotals> segments() {
    return segments;
  }

  /** The segments that have users without a list, so that a mean could not be compared. */
  SortedSet<String> incomplete() {
    return incomplete;
  }

  FaultyUsers faulty(ListFault fault) {
    return faults.get(fault);
  }

  boolean hasFaults() {
    return faults.values().stream().anyMatch(users -> users.count() > 0);
  }

  void add(String segment, JudgedList list, byte[] weights) {
    segments.computeIfAbsent(segment, s -> SegmentTotals.empty(settings)).add(list, weights);
  }

  /** Adds {@code other}, which is not changed. */
  void merge(ModelTotals other) {
    other.segments.forEach(this::merge);
    incomplete.addAll(other.incomplete);
    other.faults.forEach((fault, users) -> faults.get(fault).add(users.count(), users.examples()));
  }

  /** Adds the sums of other users of {@code segment}, which are not changed. */
  void merge(String segment, SegmentTotals totals) {
    segments.computeIfAbsent(segment, s -> SegmentTotals.empty(settings)).merge(totals);
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
