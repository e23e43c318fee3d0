package io.towerbeam.ml.models.towers;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.training.CounterRandom;
import java.util.Arrays;

/**
 * Turns training rows into pairs: each row's user and item, and N items drawn uniformly from all
 * (the user's own are not left out).
 *
 * <p>The items of a batch are numbered anew by first appearance, so that the item tower sees each
 * but once. Holds 4 bytes an interaction and 8 bytes an item. Not thread-safe.
 */
final class PairSampler {
  private final InteractionMatrix interactions;
  private final int negatives;
  private final int[] users;
  private final int[] slots;
  private final int[] slotBatches;
  private int batches;

  PairSampler(InteractionMatrix interactions, int negatives) {
    this.interactions = interactions;
    this.negatives = negatives;
    users = new int[interactions.size()];
    for (int user = 0; user < interactions.userCount(); user++) {
      Arrays.fill(users, interactions.offsets()[user], interactions.offsets()[user + 1], user);
    }
    slots = new int[interactions.itemCount()];
    slotBatches = new int[interactions.itemCount()];
  }

  /** The pairs of a batch of B rows. */
  Pairs sample(int[] rows, CounterRandom random) {
    batches++;
    int pairsPerRow = 1 + negatives;
    Pairs pairs = new Pairs(new int[rows.length], new int[rows.length * pairsPerRow]);
    for (int b = 0; b < rows.length; b++) {
      pairs.users[b] = users[rows[b]];
      pairs.slots[b * pairsPerRow] = slotOf(interactions.items()[rows[b]], pairs);
      for (int n = 1; n < pairsPerRow; n++) {
        int item = random.nextInt(interactions.itemCount());
        pairs.slots[b * pairsPerRow + n] = slotOf(item, pairs);
      }
    }
    return pairs;
  }

  private int slotOf(int item, Pairs pairs) {
    if (slotBatches[item] != batches) {
      slotBatches[item] = batches;
      slots[item] = pairs.itemCount;
      pairs.items[pairs.itemCount++] = item;
    }
    return slots[item];
  }

  /** The pairs of one batch. */
  static final class Pairs {
    private final int[] users;
    private final int[] slots;
    private final int[] items;
    private int itemCount;

    private Pairs(int[] users, int[] slots) {
      this.users = users;
      this.slots = slots;
      this.items = new int[slots.length];
    }

    /** (B) user indexes. */
    int[] users() {
      return users;
    }

    /** (B, 1 + N) positions in {@link #items}, row-major, the positive's first. */
    int[] slots() {
      return slots;
    }

    /** The batch's distinct items: the first {@link #itemCount} values. */
    int[] items() {
      return items;
    }

    /** How many distinct items there are. */
    int itemCount() {
      return itemCount;
    }
  }
}
