package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import java.util.Optional;

/**
 * The user tower outside training: of a history alone, so that a user who was not in training has
 * the vector that one with the same history has. Without libtorch. Safe for use by many threads.
 *
 * @param historyVectors (I, D) what each item brings into a history
 * @param contextVectors (K, D) what each context adds
 * @param weights how much a row of a history weighs
 * @param endOfTrain seconds since the epoch: users ask after it
 * @param fixed the context that all are served in; none where it is the user's own
 */
record UserBags(
    FloatMatrix historyVectors,
    FloatMatrix contextVectors,
    HistoryWeights weights,
    long endOfTrain,
    Optional<ContextBucket> fixed) {
  /** Coordinates of a user's vector: D + K. */
  int columns() {
    return historyVectors.columns() + ContextBucket.COUNT;
  }

  /** Writes a user's vector into {@code vectors}, from {@code at} on. */
  void write(UserHistory user, float[] vectors, int at) {
    int dim = historyVectors.columns();
    double[] bag = bag(user);
    double squares = 0;
    for (double value : bag) {
      squares += value * value;
    }
    double norm = Math.max(Math.sqrt(squares), ContextualTowers.LEAST_NORM);
    int context = context(user).ordinal();
    for (int d = 0; d < dim; d++) {
      vectors[at + d] = (float) (bag[d] / norm + contextVectors.values()[context * dim + d]);
    }
    vectors[at + dim + context] = 1;
  }

  private double[] bag(UserHistory user) {
    int dim = historyVectors.columns();
    double[] bag = new double[dim];
    int rows = user.items().length;
    for (int row = weights.first(rows); row < rows; row++) {
      double weight = weights.of(user.times()[row], user.times()[rows - 1]);
      for (int d = 0; d < dim; d++) {
        bag[d] += weight * historyVectors.values()[user.items()[row] * dim + d];
      }
    }
    return bag;
  }

  /** The context that a user is served in; without a history, that of a first day. */
  ContextBucket context(UserHistory user) {
    int rows = user.times().length;
    return fixed.orElseGet(
        () ->
            rows == 0
                ? ContextBucket.SAME_DAY
                : ContextBucket.of(endOfTrain - user.times()[rows - 1]));
  }
}
