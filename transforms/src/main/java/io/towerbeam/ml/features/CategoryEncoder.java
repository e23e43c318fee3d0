package io.towerbeam.ml.features;

import io.towerbeam.ml.data.IdIndex;
import java.util.Collection;
import java.util.List;

/**
 * Categories as columns: 1 for each of the item's categories, 0 elsewhere, the row scaled to length
 * 1. Immutable; safe for use by many threads.
 */
public final class CategoryEncoder {
  /** What MovieLens writes where a film has no genre: the absence of categories, not one more. */
  private static final String NONE_LISTED = "(no genres listed)";

  private final IdIndex categories;

  private CategoryEncoder(IdIndex categories) {
    this.categories = categories;
  }

  /**
   * An encoder of all categories that occur in {@code itemCategories}, sorted by UTF-16 code unit.
   * Empty names and MovieLens' "(no genres listed)" are no category.
   */
  public static CategoryEncoder fit(Collection<List<String>> itemCategories) {
    return of(
        itemCategories.stream()
            .flatMap(List::stream)
            .filter(category -> !category.isEmpty() && !category.equals(NONE_LISTED))
            .distinct()
            .sorted()
            .toList());
  }

  /**
   * An encoder of known categories, in the order of the columns.
   *
   * @throws IllegalArgumentException if a category is there twice
   */
  public static CategoryEncoder of(List<String> categories) {
    return new CategoryEncoder(IdIndex.of(categories));
  }

  /** The categories in the order of the columns. */
  public List<String> categories() {
    return categories.ids();
  }

  /**
   * The columns of an item, (G) float32 of length 1. A category counts once however often it is
   * named; unknown ones do not count; an item without known ones gives zeros.
   */
  public float[] encode(Collection<String> itemCategories) {
    int[] known =
        itemCategories.stream()
            .mapToInt(categories::indexOf)
            .filter(i -> i >= 0)
            .distinct()
            .toArray();
    float[] columns = new float[categories.size()];
    for (int category : known) {
      columns[category] = (float) (1 / Math.sqrt(known.length));
    }
    return columns;
  }
}
