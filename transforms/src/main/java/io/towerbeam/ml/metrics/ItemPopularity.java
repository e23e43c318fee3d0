package io.towerbeam.ml.metrics;

import java.util.Map;

/**
 * How often the items of the train side were taken. An item without train interactions counts as if
 * it had one, so that it has a finite self-information. Immutable as long as the map is.
 */
public final class ItemPopularity {
  private final Map<String, Long> interactions;
  private final long total;

  private ItemPopularity(Map<String, Long> interactions) {
    this.interactions = interactions;
    this.total = Math.max(1, interactions.values().stream().mapToLong(Long::longValue).sum());
  }

  /**
   * The popularity of items by their numbers of train interactions.
   *
   * @param interactions by item id; not copied
   */
  public static ItemPopularity of(Map<String, Long> interactions) {
    return new ItemPopularity(interactions);
  }

  /** Train interactions of {@code item}, at least 1. */
  long interactions(String item) {
    return Math.max(1, interactions.getOrDefault(item, 1L));
  }

  /** Train interactions of all items, at least 1. */
  long total() {
    return total;
  }
}
