package io.towerbeam.ml.data;

/**
 * Rows put in order of a small key by counting; rows of one key stay in their order.
 *
 * @param starts (keys + 1) where each key's rows begin in {@code rows}
 * @param rows (N) row numbers; not copied, so do not write to them
 */
public record Buckets(int[] starts, int[] rows) {

  /**
   * Rows by their keys.
   *
   * @param keyOfRow (N) each 0 to {@code keys} - 1
   * @param keys the number of keys
   */
  public static Buckets of(int[] keyOfRow, int keys) {
    int[] starts = new int[keys + 1];
    for (int key : keyOfRow) {
      starts[key + 1]++;
    }
    for (int key = 0; key < keys; key++) {
      starts[key + 1] += starts[key];
    }
    int[] next = starts.clone();
    int[] rows = new int[keyOfRow.length];
    for (int row = 0; row < keyOfRow.length; row++) {
      rows[next[keyOfRow[row]]++] = row;
    }
    return new Buckets(starts, rows);
  }
}
