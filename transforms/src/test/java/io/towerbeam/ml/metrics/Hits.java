package io.towerbeam.ml.metrics;

import static java.util.stream.Collectors.toMap;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Lists for tests, written as their hits. */
final class Hits {
  /** Item n has n + 1 train interactions, of 100 items in all. */
  static final ItemPopularity POPULARITY =
      ItemPopularity.of(
          IntStream.range(0, 100).boxed().collect(toMap(n -> "item" + n, n -> n + 1L)));

  private Hits() {}

  static JudgedList list(List<String> items, Set<String> relevant) {
    return JudgedList.of(items, relevant, POPULARITY);
  }

  /** A list with a hit where {@code pattern} has a 1, of a user with that many relevant items. */
  static JudgedList hits(String pattern, int relevant) {
    List<String> items = items(pattern.length());
    Set<String> relevantItems = new HashSet<>();
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '1') {
        relevantItems.add(items.get(i));
      }
    }
    IntStream.range(relevantItems.size(), relevant).forEach(i -> relevantItems.add("unlisted" + i));
    return JudgedList.of(items, relevantItems, POPULARITY);
  }

  static List<String> items(int count) {
    return IntStream.range(0, count).mapToObj(i -> "item" + i).toList();
  }
}
