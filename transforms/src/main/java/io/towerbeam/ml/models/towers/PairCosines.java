package io.towerbeam.ml.models.towers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.towerbeam.ml.models.training.PairLoss;
import io.towerbeam.ml.models.training.RowParts;
import java.util.Arrays;

/**
 * The cosines of a batch's pairs, their loss, and its slopes in the vectors of users and items. On
 * the host: a pair is a few additions in vectors that others share, which take half as long as
 * libtorch's calls that would make a row for each pair. Users are split among threads, each of
 * which has slopes of the items of its own. Not thread-safe.
 */
final class PairCosines {
  private final int dim;
  private final PairLoss loss;
  private final RowParts parts;
  private final UnitRows users;
  private final UnitRows items;

  /**
   * @param dim D, coordinates of a vector
   */
  PairCosines(int dim, PairLoss loss, RowParts parts) {
    this.dim = dim;
    this.loss = loss;
    this.parts = parts;
    users = new UnitRows(dim, parts, 1);
    items = new UnitRows(dim, parts, parts.count());
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
    int batch = (int) userVectors.getShape().get(0);
    float[] cosines = new float[slots.length];
    float[] slopes = new float[slots.length];
    double[] losses = new double[parts.count()];
    parts.forEach(
        batch,
        (part, from, to) -> {
          int pairs = slots.length / batch;
          for (int pair = from * pairs; pair < to * pairs; pair++) {
            cosines[pair] =
                FloatRows.dot(
                    users.rows(), pair / pairs * dim, items.rows(), slots[pair] * dim, dim);
          }
          losses[part] = loss.ofRows(cosines, pairs, from, to, slopes);
          float[] userSlopes = users.slopes(0);
          float[] itemSlopes = items.slopes(part);
          for (int pair = from * pairs; pair < to * pairs; pair++) {
            int user = pair / pairs * dim;
            int item = slots[pair] * dim;
            FloatRows.add(userSlopes, user, items.rows(), item, slopes[pair], dim);
            FloatRows.add(itemSlopes, item, users.rows(), user, slopes[pair], dim);
          }
        });
    return (float) Arrays.stream(losses).sum();
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
