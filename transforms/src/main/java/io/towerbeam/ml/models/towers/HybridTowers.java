package io.towerbeam.ml.models.towers;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.training.EmbeddingTable;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What the two-tower learns.
 *
 * @param users a vector of each user
 * @param items what makes the vector of an item
 */
record HybridTowers(EmbeddingTable users, ItemTower items) {
  static final String USER_EMBEDDING = "user_embedding";

  static HybridTowers of(
      InteractionMatrix interactions, FloatMatrix itemFeatures, TwoTowerParameters parameters) {
    int dim = parameters.embeddingDim();
    return new HybridTowers(
        new EmbeddingTable(USER_EMBEDDING, interactions.userCount(), dim),
        new ItemTower(itemFeatures.columns(), dim));
  }

  /** The arrays at their start: the users', then the item tower's. */
  List<NamedArray> initialParameters(long seed) {
    CounterRandom random = CounterRandom.of(seed);
    List<NamedArray> parameters = new ArrayList<>();
    parameters.add(users.initialParameters(random));
    parameters.addAll(items.initialParameters(random));
    return parameters;
  }
}
