package io.towerbeam.ml.models.ncf;

import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.training.PairLoss;
import io.towerbeam.ml.models.training.TrainingSettings;
import io.towerbeam.ml.models.training.WeightDecay;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of neural collaborative filtering.
 *
 * @param embeddingDim D, coordinates of each of a user's and an item's two embeddings
 * @param negatives N, items drawn for each interaction
 * @param dropout share of what each MLP layer takes in that is dropped
 * @param loss what is lowered
 * @param training how it is trained
 */
record NcfParameters(
    int embeddingDim, int negatives, double dropout, PairLoss loss, TrainingSettings training) {
  /** The learning rate stays as it is: it is multiplied by 1. */
  private static final TrainingSettings TRAINING_DEFAULTS =
      new TrainingSettings(20, 2048, 1e-4, WeightDecay.coupled(1e-4), 5, 1, 60);

  static NcfParameters of(ParameterValues values, PairLoss loss) {
    return new NcfParameters(
        values.getInt("embeddingDim"),
        values.getInt("negatives"),
        values.getDouble("dropout"),
        loss,
        TrainingSettings.of(values));
  }

  /** The parameters of either model; the loss is not among them. */
  static List<ModelParameter> declare() {
    List<ModelParameter> declared = new ArrayList<>();
    declared.add(
        ModelParameter.integer(
                "embeddingDim", 8, 1, 1024, "coordinates of the GMF and of the MLP embeddings")
            .searchedByMagnitude(4, 64));
    declared.add(
        ModelParameter.integer(
                "negatives", 1, 1, 1000, "items drawn at random against each interaction")
            .searchedByMagnitude(1, 8));
    declared.add(
        ModelParameter.real(
                "dropout", .4, 0, .99, "share of what each MLP layer takes in that is dropped")
            .searched(0, .6));
    declared.addAll(TRAINING_DEFAULTS.declare());
    return List.copyOf(declared);
  }
}
