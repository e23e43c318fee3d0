package io.towerbeam.ml.models.factors;

import io.towerbeam.ml.algebra.SparseVector;
import java.util.Arrays;

/** A user's ratings as a sparse row of the ratings matrix. */
final class RatedRow {
  /** What an interaction without a rating counts as. */
  private static final double UNRATED = 1;

  private RatedRow() {}

  /**
   * The row of the interactions {@code from} to {@code to} − 1: of an item that occurs more than
   * once the last rating counts.
   *
   * @param items item indexes in the order of time
   * @param ratings their ratings; NaN, none, counts as 1
   */
  static SparseVector of(int[] items, float[] ratings, int from, int to) {
    // item and position in one number: sorted by both, without objects
    long[] places = new long[to - from];
    for (int i = from; i < to; i++) {
      places[i - from] = (long) items[i] << 32 | i;
    }
    Arrays.sort(places);
    int[] indexes = new int[places.length];
    double[] values = new double[places.length];
    int size = 0;
    for (int i = 0; i < places.length; i++) {
      int item = (int) (places[i] >>> 32);
      boolean isLast = i + 1 == places.length || item != (int) (places[i + 1] >>> 32);
      if (isLast) {
        float rating = ratings[(int) places[i]];
        indexes[size] = item;
        values[size++] = Float.isNaN(rating) ? UNRATED : rating;
      }
    }
    return new SparseVector(Arrays.copyOf(indexes, size), Arrays.copyOf(values, size));
  }
}
