package io.towerbeam.ml.metrics;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A user's ranked list with all that a metric needs to know of it: where the relevant items stand,
 * and how popular each item is. Ranks start at 1. Immutable.
 */
public final class JudgedList {
  private final List<String> items;
  private final boolean[] hits;
  private final int relevant;
  private final ItemPopularity popularity;

  private JudgedList(List<String> items, boolean[] hits, int relevant, ItemPopularity popularity) {
    this.items = items;
    this.hits = hits;
    this.relevant = relevant;
    this.popularity = popularity;
  }

  /**
   * The list of {@code items}, best first, judged by the {@code relevant} ones. An empty list has
   * no hits.
   *
   * @throws IllegalArgumentException if an item stands in the list twice, or nothing is relevant
   *     (recall has no value then)
   */
  public static JudgedList of(List<String> items, Set<String> relevant, ItemPopularity popularity) {
    if (relevant.isEmpty()) {
      throw new IllegalArgumentException("a user without relevant items cannot be evaluated");
    }
    if (repeatsAnItem(items)) {
      throw new IllegalArgumentException("list has an item more than once: " + items);
    }
    boolean[] hits = new boolean[items.size()];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = relevant.contains(items.get(i));
    }
    return new JudgedList(List.copyOf(items), hits, relevant.size(), popularity);
  }

  /** True if an item stands in the list more than once, which no metric has a value for. */
  public static boolean repeatsAnItem(Collection<String> items) {
    return new HashSet<>(items).size() < items.size();
  }

  /** |R|, the number of relevant items, listed or not; at least 1. */
  public int relevant() {
    return relevant;
  }

  /**
   * The last rank to look at: {@code k}, or the length of a list that is shorter.
   *
   * @throws IllegalArgumentException if {@code k} is below 1
   */
  public int depth(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k is %d; it must be at least 1".formatted(k));
    }
    return Math.min(k, hits.length);
  }

  /** The item at {@code rank}, 1 ≤ rank ≤ length of the list. */
  public String item(int rank) {
    return items.get(rank - 1);
  }

  /** True if the item at {@code rank}, 1 ≤ rank ≤ length of the list, is relevant. */
  public boolean isHit(int rank) {
    return hits[rank - 1];
  }

  /** The item at {@code rank}'s share in all train interactions, above 0 and at most 1. */
  public double share(int rank) {
    return (double) popularity.interactions(item(rank)) / popularity.total();
  }

  /** How many of the first {@code k} items are relevant. */
  public int count(int k) {
    int count = 0;
    for (int rank = 1; rank <= depth(k); rank++) {
      count += isHit(rank) ? 1 : 0;
    }
    return count;
  }

  /** How many hits an ideal list would have among its first {@code k}: min(|R|, k). */
  public int idealCount(int k) {
    return Math.min(relevant, k);
  }
}
