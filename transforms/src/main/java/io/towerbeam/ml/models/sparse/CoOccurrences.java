package io.towerbeam.ml.models.sparse;

import io.towerbeam.ml.data.InteractionMatrix;

/**
 * The matrix XᵀWX of a binary matrix X of users by items and a weight per user: at (i, j) stands
 * the weight of the users who have both. With weights of 1 these are counts, X's Gram matrix. Made
 * row by row, so that it need not fit in memory.
 *
 * <p>Must fit in memory: X twice. Safe for use by many threads.
 */
public final class CoOccurrences {
  private final InteractionMatrix itemsOfUsers;
  private final InteractionMatrix usersOfItems;

  /**
   * @param binary X, as {@link Binary#matrix} makes it
   */
  public CoOccurrences(InteractionMatrix binary) {
    itemsOfUsers = binary;
    usersOfItems = binary.transposed();
  }

  /**
   * Adds row {@code item} of XᵀWX to {@code row}. Exact for whole weights.
   *
   * @param userWeights (U) the diagonal of W
   * @param row (I) what is added to
   */
  public void addRow(int item, double[] userWeights, double[] row) {
    int[] users = usersOfItems.items();
    int[] items = itemsOfUsers.items();
    int[] offsets = itemsOfUsers.offsets();
    int end = usersOfItems.offsets()[item + 1];
    for (int u = usersOfItems.offsets()[item]; u < end; u++) {
      double weight = userWeights[users[u]];
      int to = offsets[users[u] + 1];
      for (int i = offsets[users[u]]; i < to; i++) {
        row[items[i]] += weight;
      }
    }
  }
}
