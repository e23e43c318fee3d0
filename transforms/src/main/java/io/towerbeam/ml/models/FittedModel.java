package io.towerbeam.ml.models;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A model that scores every indexed item for a user. Safe for use by many threads once fitted. */
public interface FittedModel extends AutoCloseable {
  /**
   * The scores of all I items for a batch of B users: higher is better, (B, I) float32. An empty
   * batch gives a matrix of no rows.
   */
  FloatMatrix score(List<UserHistory> users);

  /** Whether a user's own training items stay out of the user's list. True unless published so. */
  default boolean masksHistory() {
    return true;
  }

  /**
   * Whether the model can tell this user's taste. A user that it does not know gets the most
   * popular items instead of its scores. True for a user with a history, unless the model says
   * otherwise.
   */
  default boolean knows(UserHistory user) {
    return user.items().length > 0;
  }

  /** The vectors behind the scores, if the model's score is a dot product. */
  default Optional<Embeddings> embeddings() {
    return Optional.empty();
  }

  /**
   * The same model with N items more, which it knows by their content alone: in histories, scores
   * and vectors they have the indexes I to I + N − 1. It is closed apart from this one, and is not
   * there to be saved. Empty where the model cannot do that; none (N = 0) may be asked for to find
   * out.
   *
   * @param features (N, F) float32, made by the feature spec that the model was fitted with
   */
  default Optional<FittedModel> withNewItems(FloatMatrix features) {
    return Optional.empty();
  }

  /** Writes all that {@link RankingModelProvider#load} needs: plain arrays and settings. */
  void save(ModelFiles files) throws IOException;

  /** Frees native memory, if the model holds any. */
  @Override
  default void close() {}

  /** User and item vectors whose dot product is the score. */
  interface Embeddings {
    /** The vectors of a batch of B users, (B, D) float32. */
    FloatMatrix users(List<UserHistory> users);

    /** The vectors of all I items in index order, (I, D) float32. */
    FloatMatrix items();

    /**
     * The vectors of N items that the model need not have been fitted on, (N, D) float32, from
     * their content alone. Empty where the model cannot do that; none (N = 0) may be asked for to
     * find out.
     *
     * @param features (N, F) float32, made by the feature spec that the model was fitted with
     */
    default Optional<FloatMatrix> itemsOf(FloatMatrix features) {
      return Optional.empty();
    }
  }
}
