package io.towerbeam.ml.models.towers;

import io.towerbeam.ml.models.training.PairLoss;
import io.towerbeam.ml.models.training.TrainingThreads.Rows;

/**
 * The cosines of a batch's pairs, their loss, and its slopes in the vectors of users and items. On
 * the host: a pair is a few additions in vectors that others share, which take half as long as
 * libtorch's calls that would make a row for each pair. Threads may compare different users at the
 * same time.
 */
final class PairCosines {
  private final int dim;
  private final PairLoss loss;
  private final UnitRows users;
  private final UnitRows items;

  /**
   * @param dim D, coordinates of a vector
   * @param threads how many compare at the same time
   */
  PairCosines(int dim, PairLoss loss, int threads) {
    this.dim = dim;
    this.loss = loss;
    users = new UnitRows(dim, 1);
    items = new UnitRows(dim, threads);
  }

  /** The vectors of a batch's B users. */
  UnitRows users() {
    return users;
  }

  /** The vectors of its m items, whose slopes each thread has for itself. */
  UnitRows items() {
    return items;
  }

  /**
   * Compares some users with their items: what they add to the mean loss of the batch. Its slopes
   * go to the users and the items.
   *
   * @param compared which of the B users
   * @param pairs 1 + N
   * @param slots (B, 1 + N) row-major, which of the m items the pairs are of, the positive's first
   * @param thread which of the threads this is
   */
  double loss(Rows compared, int pairs, int[] slots, int thread) {
    int first = compared.from() * pairs;
    float[] cosines = new float[compared.count() * pairs];
    float[] slopes = new float[cosines.length];
    for (int pair = 0; pair < cosines.length; pair++) {
      int user = compared.from() + pair / pairs;
      cosines[pair] =
          FloatRows.dot(users.rows(), user * dim, items.rows(), slots[first + pair] * dim, dim);
    }
    double part = loss.of(cosines, pairs, slots.length / pairs, slopes);
    float[] userSlopes = users.slopes(0);
    float[] itemSlopes = items.slopes(thread);
    for (int pair = 0; pair < cosines.length; pair++) {
      int user = (compared.from() + pair / pairs) * dim;
      int item = slots[first + pair] * dim;
      FloatRows.add(userSlopes, user, items.rows(), item, slopes[pair], dim);
      FloatRows.add(itemSlopes, item, users.rows(), user, slopes[pair], dim);
    }
    return part;
  }
}
