package io.towerbeam.ml.models.contextual;

/**
 * The items that stand in the columns of a batch's matrices: all of them, each in the column of its
 * index, or those that were added. Holds 12 bytes an item of the catalogue. Not thread-safe.
 */
final class ItemColumns {
  private final int[] columns;
  private final int[] batches;
  private final int[] items;
  private final boolean isAll;
  private int batch = 1;
  private int size;

  private ItemColumns(int itemCount, boolean isAll) {
    columns = new int[itemCount];
    batches = new int[itemCount];
    items = new int[itemCount];
    this.isAll = isAll;
    for (int item = 0; isAll && item < itemCount; item++) {
      add(item);
    }
  }

  /** All items, for good. */
  static ItemColumns all(int itemCount) {
    return new ItemColumns(itemCount, true);
  }

  /** No items yet. */
  static ItemColumns none(int itemCount) {
    return new ItemColumns(itemCount, false);
  }

  /** Whether these are all items in the order of their indexes. */
  boolean isAll() {
    return isAll;
  }

  /** Takes out all items that were added. */
  void clear() {
    if (!isAll) {
      batch++;
      size = 0;
    }
  }

  /** Gives an item a column, unless it has one. */
  void add(int item) {
    if (!has(item)) {
      batches[item] = batch;
      columns[item] = size;
      items[size++] = item;
    }
  }

  /** Whether an item has a column. */
  boolean has(int item) {
    return batches[item] == batch;
  }

  /** The column of an item that has one. */
  int of(int item) {
    return columns[item];
  }

  /** How many columns there are. */
  int size() {
    return size;
  }

  /** The item of each column: the first {@code size} values; not copied. */
  int[] items() {
    return items;
  }
}
