package io.towerbeam.ml.models.training;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.random.CounterRandom;

/**
 * Turns training rows into pairs: each row's user and item, and N items drawn uniformly from all
 * (the user's own are not left out). Holds 4 bytes an interaction. Not thread-safe.
 */
public final class PairSampler {
  private final InteractionMatrix interactions;
  private final int negatives;
  private final int[] users;

  /**
   * @param negatives N, at least 1
   */
  public PairSampler(InteractionMatrix interactions, int negatives) {
    this.interactions = interactions;
    this.negatives = negatives;
    users = interactions.userOfRows();
  }

  /** The pairs of a batch of B rows. */
  public Pairs sample(int[] rows, CounterRandom random) {
    int pairsPerRow = 1 + negatives;
    Pairs pairs = new Pairs(new int[rows.length], new int[rows.length * pairsPerRow]);
    // Look-ups by themselves, so that the processor waits for many of them at once.
    for (int b = 0; b < rows.length; b++) {
      pairs.users[b] = users[rows[b]];
    }
    int[] items = interactions.items();
    for (int b = 0; b < rows.length; b++) {
      pairs.items[b * pairsPerRow] = items[rows[b]];
    }
    for (int from = 0; from < pairs.items.length; from += pairsPerRow) {
      for (int n = 1; n < pairsPerRow; n++) {
        pairs.items[from + n] = random.nextInt(interactions.itemCount());
      }
    }
    return pairs;
  }

  /**
   * The pairs of one batch.
   *
   * @param users (B) user indexes
   * @param items (B, 1 + N) item indexes, row-major, the positive's first
   */
  public record Pairs(int[] users, int[] items) {}
}
