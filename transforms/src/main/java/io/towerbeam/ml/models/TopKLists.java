package io.towerbeam.ml.models;

import io.towerbeam.ml.data.UserHistory;
import java.util.BitSet;
import java.util.List;

/**
 * The K best items of users by a model: a user's own items are left out where the model says so,
 * equal scores stand in item index order, and a user that the model does not know gets the most
 * popular items. Fewer than K items where fewer are left. Safe for use by many threads.
 */
public final class TopKLists {
  /** Users scored at once: bounds the score matrix to BATCH × items. */
  private static final int BATCH = 256;

  private final int k;
  private final float[] popularity;

  /**
   * @param k at least 1
   * @param popularity (I) what an item scores for a user that a model does not know
   */
  public TopKLists(int k, float[] popularity) {
    this.k = k;
    this.popularity = popularity;
  }

  /** Takes one user's list. */
  @FunctionalInterface
  public interface ListConsumer {
    /**
     * @param user the user's position in what was asked for
     * @param items item indexes, best first
     * @param scores aligned with them
     */
    void accept(int user, int[] items, float[] scores);
  }

  /** Gives the lists of {@code users} in their order, and how many the model does not know. */
  public int forEach(FittedModel model, List<UserHistory> users, ListConsumer consumer) {
    int unknown = 0;
    for (int start = 0; start < users.size(); start += BATCH) {
      List<UserHistory> batch = users.subList(start, Math.min(start + BATCH, users.size()));
      List<UserHistory> known = batch.stream().filter(model::knows).toList();
      float[] scores = known.isEmpty() ? new float[0] : model.score(known).values();
      int row = 0;
      for (int user = 0; user < batch.size(); user++) {
        boolean isKnown = model.knows(batch.get(user));
        unknown += isKnown ? 0 : 1;
        select(
            start + user,
            isKnown ? scores : popularity,
            isKnown ? popularity.length * row++ : 0,
            model.masksHistory() ? batch.get(user).items() : new int[0],
            consumer);
      }
    }
    return unknown;
  }

  private void select(int user, float[] scores, int from, int[] masked, ListConsumer consumer) {
    BitSet own = new BitSet();
    for (int item : masked) {
      own.set(item);
    }
    int[] items = TopK.select(scores, from, popularity.length, k, own);
    float[] chosen = new float[items.length];
    for (int place = 0; place < items.length; place++) {
      chosen[place] = scores[from + items[place]];
    }
    consumer.accept(user, items, chosen);
  }
}
