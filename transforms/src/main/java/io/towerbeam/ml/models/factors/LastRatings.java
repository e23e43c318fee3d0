package io.towerbeam.ml.models.factors;

import io.towerbeam.ml.algebra.SparseVector;
import java.util.Arrays;

/**
 * Makes rows of the ratings matrix, one after the other: of an item that occurs more than once in a
 * row the last rating counts. Holds 4 bytes an item; not thread-safe.
 */
final class LastRatings {
  /** What an interaction without a rating counts as. */
  private static final double UNRATED = 1;

  private final int[] lastRowOf; // (I) number of the last row that has the item
  private int row;

  LastRatings(int itemCount) {
    lastRowOf = new int[itemCount];
  }

  /**
   * The row of the interactions {@code from} to {@code to} − 1.
   *
   * @param items item indexes in the order of time
   * @param ratings their ratings; NaN, none, counts as 1
   */
  SparseVector of(int[] items, float[] ratings, int from, int to) {
    row++;
    int[] indexes = new int[to - from];
    double[] values = new double[to - from];
    int size = 0;
    for (int i = to - 1; i >= from; i--) {
      int item = items[i];
      if (lastRowOf[item] != row) {
        lastRowOf[item] = row;
        indexes[size] = item;
        values[size++] = Float.isNaN(ratings[i]) ? UNRATED : ratings[i];
      }
    }
    return size == indexes.length
        ? new SparseVector(indexes, values)
        : new SparseVector(Arrays.copyOf(indexes, size), Arrays.copyOf(values, size));
  }
}
