package io.towerbeam.ml.models;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;

/** What models ask of their training data before they begin. */
public final class DataChecks {
  private DataChecks() {}

  /**
   * @throws ModelFitException if there are no interactions
   */
  public static void requireInteractions(InteractionMatrix interactions) throws ModelFitException {
    if (interactions.size() == 0) {
      throw new ModelFitException("there are no interactions to train on");
    }
  }

  /**
   * @param features (I, F) float32
   * @throws ModelFitException if there are no interactions, or not a row of features for each item
   */
  public static void requireContent(InteractionMatrix interactions, FloatMatrix features)
      throws ModelFitException {
    requireInteractions(interactions);
    if (features.rows() != interactions.itemCount() || features.columns() == 0) {
      throw new ModelFitException(
          "%d items need a row of features each, but there are %d rows of %d features"
              .formatted(interactions.itemCount(), features.rows(), features.columns()));
    }
  }
}
