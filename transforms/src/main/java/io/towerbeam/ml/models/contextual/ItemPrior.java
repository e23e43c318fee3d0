package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import java.time.Duration;

/**
 * What the items' biases start at in each context: how much an item is taken, and how much more or
 * less by users who came back after so long.
 *
 * <p>With n_j the rows of item j, q_j = (n_j + 1) / Σn, and r_kj those of its rows that came after
 * a user's first absence as long as context k's, R_k in all, the bias is
 *
 * <pre>
 *   b_kj = log(1 + n_j) − mean_j log(1 + n_j) + w · log((r_kj + M q_j) / ((R_k + M) q_j))
 * </pre>
 *
 * so that few returns change little. The last term is 0 in the context of the same day; the mean is
 * left out since a softmax does not see it and float32 is better without. Users who come back after
 * months are few: their context has the returns after 30 days.
 *
 * @param biases (I, K) float32
 */
record ItemPrior(FloatMatrix biases) {
  private static final long LONGEST_SECONDS = Duration.ofDays(30).toSeconds();

  /**
   * The biases of the items of {@code interactions}.
   *
   * @param times (interactions) seconds since the epoch, in order for each user
   * @param weight w, how much the returns count
   * @param smoothing M, in rows
   */
  static ItemPrior of(
      InteractionMatrix interactions, long[] times, double weight, double smoothing) {
    long[] counts = interactions.itemCounts();
    double mean = 0;
    for (long count : counts) {
      mean += StrictMath.log(1.0 + count) / counts.length;
    }
    double total = Math.max(1, interactions.size());
    float[] biases = new float[counts.length * ContextBucket.COUNT];
    for (ContextBucket context : ContextBucket.values()) {
      int k = context.ordinal();
      long absence = Math.min(context.fromSeconds(), LONGEST_SECONDS);
      double w = context == ContextBucket.SAME_DAY ? 0 : weight;
      long[] returns = returns(interactions, times, absence);
      double all = 0;
      for (long count : returns) {
        all += count;
      }
      for (int item = 0; item < counts.length; item++) {
        double share = (counts[item] + 1.0) / total;
        double lift = (returns[item] + smoothing * share) / ((all + smoothing) * share);
        biases[item * ContextBucket.COUNT + k] =
            (float) (StrictMath.log(1.0 + counts[item]) - mean + w * StrictMath.log(lift));
      }
    }
    return new ItemPrior(new FloatMatrix(counts.length, ContextBucket.COUNT, biases));
  }

  /** (I) rows of each item after its user's first absence of at least so many seconds. */
  private static long[] returns(InteractionMatrix interactions, long[] times, long absence) {
    long[] returns = new long[interactions.itemCount()];
    for (int user = 0; user < interactions.userCount(); user++) {
      boolean isBack = false;
      for (int row = interactions.offsets()[user] + 1;
          row < interactions.offsets()[user + 1];
          row++) {
        isBack |= times[row] - times[row - 1] >= absence;
        if (isBack) {
          returns[interactions.items()[row]]++;
        }
      }
    }
    return returns;
  }
}
