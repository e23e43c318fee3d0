package io.towerbeam.ml.models.towers;

/**
 * Numbers the items of a batch anew by first appearance, so that the item tower sees each but once.
 * Holds 8 bytes an item of the catalogue. Not thread-safe.
 */
final class ItemSlots {
  private final int[] slots;
  private final int[] slotBatches;
  private int batches;

  ItemSlots(int itemCount) {
    slots = new int[itemCount];
    slotBatches = new int[itemCount];
  }

  /** The distinct items among {@code items}, and where each of them went. */
  Numbered number(int[] items) {
    batches++;
    int[] distinct = new int[items.length];
    int[] slotOf = new int[items.length];
    int count = 0;
    for (int i = 0; i < items.length; i++) {
      int item = items[i];
      if (slotBatches[item] != batches) {
        slotBatches[item] = batches;
        slots[item] = count;
        distinct[count++] = item;
      }
      slotOf[i] = slots[item];
    }
    return new Numbered(slotOf, distinct, count);
  }

  /**
   * The items of one batch.
   *
   * @param slots position in {@code items} of each item that was given
   * @param items the distinct items: the first {@code itemCount} values
   * @param itemCount how many distinct items there are
   */
  record Numbered(int[] slots, int[] items, int itemCount) {}
}
