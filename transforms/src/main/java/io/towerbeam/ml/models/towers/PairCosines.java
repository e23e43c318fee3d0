package io.towerbeam.ml.models.towers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.towerbeam.ml.models.training.PairLoss;

/**
 * The cosines of a batch's pairs, their loss, and its slopes in the vectors of users and items. On
 * the host: a pair is a few additions in vectors that others share, which take half as long as
 * libtorch's calls that would make a row for each pair. Not thread-safe.
 */
final class PairCosines {
  private final int dim;
  private final PairLoss loss;
  private final UnitRows users;
  private final UnitRows items;

  /**
   * @param dim D, coordinates of a vector
   */
  PairCosines(int dim, PairLoss loss) {
    this.dim = dim;
    this.loss = loss;
    users = new UnitRows(dim);
    items = new UnitRows(dim);
  }

  /**
   * The mean loss of a batch; the slopes are kept until the next.
   *
   * @param userVectors (B, D) float32
   * @param itemVectors (m, D) float32
   * @param slots (B, 1 + N) row-major, which of the m items the pairs are of, the positive's first
   */
  float loss(NDArray userVectors, NDArray itemVectors, int[] slots) {
    users.take(userVectors);
    items.take(itemVectors);
    int pairsPerUser = slots.length / (int) userVectors.getShape().get(0);
    float[] cosines = new float[slots.length];
    for (int pair = 0; pair < slots.length; pair++) {
      cosines[pair] =
          FloatRows.dot(
              users.rows(), pair / pairsPerUser * dim, items.rows(), slots[pair] * dim, dim);
    }
    float[] slopes = new float[slots.length];
    float mean = loss.of(cosines, pairsPerUser, slopes);
    for (int pair = 0; pair < slots.length; pair++) {
      int user = pair / pairsPerUser * dim;
      int item = slots[pair] * dim;
      FloatRows.add(users.slopes(), user, items.rows(), item, slopes[pair], dim);
      FloatRows.add(items.slopes(), item, users.rows(), user, slopes[pair], dim);
    }
    return mean;
  }

  /** The slopes of the last batch's loss in its user vectors, (B, D) float32. To be asked once. */
  NDArray userSlopes(NDManager manager) {
    return users.vectorSlopes(manager);
  }

  /** The same in the item vectors, (m, D). */
  NDArray itemSlopes(NDManager manager) {
    return items.vectorSlopes(manager);
  }
}
