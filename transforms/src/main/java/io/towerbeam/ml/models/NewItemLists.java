package io.towerbeam.ml.models;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The K best for users of items that models were not fitted on, ranked among themselves by the
 * vectors that a model makes of their content. Equal scores stand in the order of the items; fewer
 * than K where there are fewer. Safe for use by many threads.
 */
public final class NewItemLists {
  /** Users scored at once: bounds the score matrix to BATCH × items. */
  private static final int BATCH = 256;

  private final int k;
  private final FloatMatrix features;

  /**
   * @param k at least 1
   * @param features (N, F) float32 of the items, made by the feature spec that the models were
   *     fitted with
   */
  public NewItemLists(int k, FloatMatrix features) {
    this.k = k;
    this.features = features;
  }

  /**
   * Gives the lists of the users that the model knows, in their order. None of a model that has no
   * vectors for new items, and none where there are no items.
   *
   * @param taken aligned with the users: positions of items that stay out of the user's list
   */
  public void forEach(
      FittedModel model,
      List<UserHistory> users,
      List<int[]> taken,
      TopKLists.ListConsumer consumer) {
    Optional<FittedModel.Embeddings> embeddings = model.embeddings();
    Optional<FloatMatrix> items = embeddings.flatMap(vectors -> vectors.itemsOf(features));
    if (items.isEmpty() || items.get().rows() == 0) {
      return;
    }
    try (VectorScorer scorer = new VectorScorer(items.get())) {
      for (int start = 0; start < users.size(); start += BATCH) {
        List<Integer> known = known(model, users, start);
        FloatMatrix scores =
            scorer.score(embeddings.get().users(known.stream().map(users::get).toList()));
        for (int row = 0; row < known.size(); row++) {
          int user = known.get(row);
          select(user, scores, row, taken.get(user), consumer);
        }
      }
    }
  }

  private static List<Integer> known(FittedModel model, List<UserHistory> users, int start) {
    List<Integer> known = new ArrayList<>();
    for (int user = start; user < Math.min(start + BATCH, users.size()); user++) {
      if (model.knows(users.get(user))) {
        known.add(user);
      }
    }
    return known;
  }

  private void select(
      int user, FloatMatrix scores, int row, int[] taken, TopKLists.ListConsumer consumer) {
    BitSet masked = new BitSet();
    for (int item : taken) {
      masked.set(item);
    }
    int from = row * scores.columns();
    int[] best = TopK.select(scores.values(), from, scores.columns(), k, masked);
    float[] chosen = new float[best.length];
    for (int place = 0; place < best.length; place++) {
      chosen[place] = scores.values()[from + best[place]];
    }
    consumer.accept(user, best, chosen);
  }
}
