package io.towerbeam.transforms.evaluate;

import io.towerbeam.ml.data.IdOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * How often a fault was found, and the first three users in id order that have it; independent of
 * the order of adding and merging. Not thread-safe.
 */
final class FaultyUsers {
  private static final int MAX_EXAMPLES = 3;

  private final TreeSet<String> examples = new TreeSet<>(IdOrder.INSTANCE);
  private long count;

  void add(String userId) {
    add(1, List.of(userId));
  }

  void add(long more, Collection<String> userIds) {
    count += more;
    examples.addAll(userIds);
    while (examples.size() > MAX_EXAMPLES) {
      examples.pollLast();
    }
  }

  long count() {
    return count;
  }

  List<String> examples() {
    return new ArrayList<>(examples);
  }
}
