package io.towerbeam.ml.models.towers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.towerbeam.ml.models.training.EmbeddingTable;
import io.towerbeam.ml.models.training.HostBuffer;
import io.towerbeam.ml.models.training.SparseProduct;

/**
 * The cosines of a batch's pairs, and the way back from their slopes to those of users and items,
 * without a row for each pair: the slopes G are a matrix of users by items of which few values are
 * not zero, so that G · items and G<sup>T</sup> · users are sparse products.
 */
final class PairCosines {
  private static final int[] COORDINATES = {2};

  private final UnitRows users;
  private final UnitRows items;
  private final NDArray places;
  private final NDArray scores;

  private PairCosines(UnitRows users, UnitRows items, NDArray places, NDArray scores) {
    this.users = users;
    this.items = items;
    this.places = places;
    this.scores = scores;
  }

  /**
   * The cosines of each user with some items.
   *
   * @param memory for the pairs' places
   * @param users (B, D)
   * @param items (m, D)
   * @param slots (B, P) row-major: which of the m items the pairs are of
   */
  static PairCosines of(
      NDManager manager, HostBuffer memory, UnitRows users, UnitRows items, int[] slots) {
    int pairs = slots.length;
    long batch = users.rows().getShape().get(0);
    int perUser = (int) (pairs / batch);
    // Item, user, item: the upper two rows are the places in G^T, the lower two those in G.
    int[] places = new int[3 * pairs];
    System.arraycopy(slots, 0, places, 0, pairs);
    System.arraycopy(slots, 0, places, 2 * pairs, pairs);
    for (int pair = 0; pair < pairs; pair++) {
      places[pairs + pair] = pair / perUser;
    }
    NDArray placed = memory.indexes(manager, places, 3, pairs);
    NDArray scores = // (B, P, D) · (B, 1, D), summed over D
        EmbeddingTable.gather(items.rows(), placed.get(0).reshape(batch, perUser))
            .muli(users.rows().expandDims(1))
            .sum(COORDINATES);
    return new PairCosines(users, items, placed, scores);
  }

  /** The cosines, (B, P) float32. */
  NDArray scores() {
    return scores;
  }

  /**
   * The slopes of a loss in the vectors of the users, before these were put to length one.
   *
   * @param slopes (B, P) float32: those in the cosines
   */
  NDArray userSlopes(NDArray slopes) {
    NDArray below = places.get(new NDIndex().addSliceDim(1, 3));
    return users.slopes(
        SparseProduct.of(below, slopes.flatten(), users.rows().getShape().get(0), items.rows()));
  }

  /** The same in the vectors of the items, (m, D). */
  NDArray itemSlopes(NDArray slopes) {
    NDArray above = places.get(new NDIndex().addSliceDim(0, 2));
    return items.slopes(
        SparseProduct.of(above, slopes.flatten(), items.rows().getShape().get(0), users.rows()));
  }
}
