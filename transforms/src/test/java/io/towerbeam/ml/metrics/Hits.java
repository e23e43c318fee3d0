package io.towerbeam.ml.metrics;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Lists for tests, written as their hits. */
final class Hits {
  private Hits() {}

  /** A list with a hit where {@code pattern} has a 1, of a user with that many relevant items. */
  static RankedHits hits(String pattern, int relevant) {
    List<String> items = items(pattern.length());
    Set<String> relevantItems = new HashSet<>();
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '1') {
        relevantItems.add(items.get(i));
      }
    }
    IntStream.range(relevantItems.size(), relevant).forEach(i -> relevantItems.add("unlisted" + i));
    return RankedHits.of(items, relevantItems);
  }

  static List<String> items(int count) {
    return IntStream.range(0, count).mapToObj(i -> "item" + i).toList();
  }
}
