package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.random.CounterRandom;
import java.util.Arrays;

/**
 * The items that a batch's softmax runs over, and what is added to their scores for it.
 *
 * <p>All items, with nothing added; or of many items a sample: the batch's targets, and each other
 * item j with the probability π_j = min(1, S·q_j), where q_j ∝ (1 + count)^¾. Then −log π_j is
 * added to the score, so that the expected value of the sample's Σ exp(score) is the sum over all
 * items (Horvitz and Thompson, 1952); the targets have π = 1. Source of the correction: Bengio and
 * Senécal, "Quick Training of Probabilistic Neural Nets by Importance Sampling" (AISTATS 2003); in
 * two-tower retrieval: Yi et al., "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item
 * Recommendations" (RecSys 2019). Not thread-safe.
 */
final class SoftmaxItems {
  private final ItemColumns columns;
  private final float[] probabilities;
  private final float[] corrections;

  private SoftmaxItems(ItemColumns columns, float[] probabilities) {
    this.columns = columns;
    this.probabilities = probabilities;
    corrections = new float[probabilities.length];
  }

  /** All of {@code itemCount} items. */
  static SoftmaxItems all(int itemCount) {
    return new SoftmaxItems(ItemColumns.all(itemCount), new float[itemCount]);
  }

  /**
   * A sample of about {@code expected} items beside the targets; fewer where probabilities reach 1.
   *
   * @param counts (I) how often each item was taken
   */
  static SoftmaxItems sampled(long[] counts, int expected) {
    double total = 0;
    double[] weights = new double[counts.length];
    for (int item = 0; item < weights.length; item++) {
      weights[item] = StrictMath.pow(1 + counts[item], .75);
      total += weights[item];
    }
    float[] probabilities = new float[weights.length];
    for (int item = 0; item < weights.length; item++) {
      probabilities[item] = (float) Math.min(1, expected * (weights[item] / total));
    }
    return new SoftmaxItems(ItemColumns.none(counts.length), probabilities);
  }

  /** Chooses the items of a batch with these targets. */
  void draw(Iterable<int[]> targets, CounterRandom random) {
    if (columns.isAll()) {
      return;
    }
    columns.clear();
    for (int[] items : targets) {
      for (int item : items) {
        columns.add(item);
      }
    }
    Arrays.fill(corrections, 0, columns.size(), 0);
    for (int item = 0; item < probabilities.length; item++) {
      boolean isDrawn = random.nextUnit() < probabilities[item];
      if (isDrawn && !columns.has(item)) {
        corrections[columns.size()] = (float) -StrictMath.log(probabilities[item]);
        columns.add(item);
      }
    }
  }

  /** I, how many items there are to draw from. */
  int itemCount() {
    return probabilities.length;
  }

  /** The items drawn last. */
  ItemColumns columns() {
    return columns;
  }

  /** What is added to each column's score: the first values, one a column; not copied. */
  float[] corrections() {
    return corrections;
  }
}
