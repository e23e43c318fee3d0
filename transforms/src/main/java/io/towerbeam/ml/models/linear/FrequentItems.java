package io.towerbeam.ml.models.linear;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.sparse.CoOccurrences;
import java.util.Arrays;

/**
 * The items that more than a share of the users have, and what they have in common. 8 bytes for
 * each pair of them.
 *
 * @param positions (I) an item's position among the frequent ones; −1 for the others
 * @param items (F) the frequent items, ascending
 * @param shares (F, F) the share of the users who have both: XᵀX / U
 */
record FrequentItems(int[] positions, int[] items, double[][] shares) {
  /**
   * @param binary X, (U, I)
   * @param least the share that an item must exceed
   */
  static FrequentItems of(InteractionMatrix binary, double least) {
    int[] positions = new int[binary.itemCount()];
    int[] items = new int[binary.itemCount()];
    int size = 0;
    long[] counts = binary.itemCounts();
    for (int item = 0; item < positions.length; item++) {
      boolean isFrequent = counts[item] > least * binary.userCount();
      positions[item] = isFrequent ? size : -1;
      if (isFrequent) {
        items[size++] = item;
      }
    }
    int[] frequent = Arrays.copyOf(items, size);
    return new FrequentItems(positions, frequent, shares(binary, frequent));
  }

  private static double[][] shares(InteractionMatrix binary, int[] frequent) {
    CoOccurrences shared = new CoOccurrences(binary);
    double[] ones = new double[binary.userCount()];
    Arrays.fill(ones, 1);
    double[][] shares = new double[frequent.length][frequent.length];
    double[] row = new double[binary.itemCount()];
    for (int position = 0; position < frequent.length; position++) {
      Arrays.fill(row, 0);
      shared.addRow(frequent[position], ones, row);
      for (int other = 0; other < frequent.length; other++) {
        shares[position][other] = row[frequent[other]] / binary.userCount();
      }
    }
    return shares;
  }

  /** Values of the frequent items, (F), as values of all, (I). */
  double[] spread(double[] values) {
    double[] spread = new double[positions.length];
    for (int position = 0; position < values.length; position++) {
      spread[items[position]] = values[position];
    }
    return spread;
  }
}
