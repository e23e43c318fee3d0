package io.towerbeam.ml.models.sparse;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.DataChecks;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.RankingModelProvider.DatasetSize;
import io.towerbeam.ml.models.TrainingData;
import java.io.IOException;
import java.util.Arrays;

/** Interactions as a matrix of zeros and ones: a repeat counts once. */
public final class Binary {
  private Binary() {}

  /**
   * The binary matrix of the training data, a row's items ascending. Must fit in memory: see {@link
   * #bytesNeeded}.
   *
   * @throws ModelFitException if there are no interactions
   */
  public static InteractionMatrix matrix(TrainingData data) throws IOException, ModelFitException {
    InteractionMatrix matrix = data.interactions().distinct();
    DataChecks.requireInteractions(matrix);
    return matrix;
  }

  /** The different items of a history, ascending. */
  public static int[] items(UserHistory history) {
    int[] items = history.items().clone();
    Arrays.sort(items);
    int size = 0;
    for (int i = 0; i < items.length; i++) {
      if (i == 0 || items[i] != items[i - 1]) {
        items[size++] = items[i];
      }
    }
    return Arrays.copyOf(items, size);
  }

  /** The bytes of the training data, its binary matrix as it is made, and that transposed. */
  public static long bytesNeeded(DatasetSize size) {
    return Integer.BYTES * (4 * size.interactions() + 2 * size.users() + 2 * size.items());
  }
}
