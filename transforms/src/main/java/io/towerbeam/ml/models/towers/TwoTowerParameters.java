package io.towerbeam.ml.models.towers;

import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.training.PairLoss;
import io.towerbeam.ml.models.training.TrainingSettings;
import io.towerbeam.ml.models.training.WeightDecay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The settings of a two-tower model.
 *
 * @param embeddingDim D, coordinates of a vector
 * @param negatives N, items drawn for each interaction
 * @param dropout share of hidden activations dropped in training
 * @param loss what is lowered
 * @param scoring how vectors make a score after training
 * @param training how it is trained
 */
record TwoTowerParameters(
    int embeddingDim,
    int negatives,
    double dropout,
    PairLoss loss,
    Scoring scoring,
    TrainingSettings training) {
  private static final TrainingSettings TRAINING_DEFAULTS =
      new TrainingSettings(30, 2048, 5e-4, WeightDecay.coupled(1e-3), 5, .777, 60);

  /** How vectors make a score. */
  enum Scoring {
    /** Their product as they are, so that an item's length counts: the published way. */
    DOT,
    /** The product of the normalised vectors, as in training. */
    COSINE
  }

  static TwoTowerParameters of(ParameterValues values) {
    return new TwoTowerParameters(
        values.getInt("embeddingDim"),
        values.getInt("negatives"),
        values.getDouble("dropout"),
        PairLoss.named(values.getString("loss")),
        scoring(values),
        TrainingSettings.of(values));
  }

  static Scoring scoring(ParameterValues values) {
    return Scoring.valueOf(values.getString("scoring").toUpperCase(Locale.ROOT));
  }

  /**
   * The parameters of a two-tower model.
   *
   * @param defaultLoss what is lowered unless set otherwise
   */
  static List<ModelParameter> declare(String defaultLoss) {
    List<ModelParameter> declared = new ArrayList<>();
    declared.add(
        ModelParameter.integer("embeddingDim", 32, 1, 4096, "coordinates of a vector")
            .searchedByMagnitude(8, 128));
    declared.add(
        ModelParameter.integer(
                "negatives", 4, 1, 1000, "items drawn at random against each interaction")
            .searchedByMagnitude(1, 16));
    declared.add(
        ModelParameter.real(
                "dropout", .2, 0, .99, "share of the item tower's hidden activations dropped")
            .searched(0, .6));
    declared.add(
        ModelParameter.choice(
            "loss",
            defaultLoss,
            List.of("bce", "bpr"),
            "cross-entropy of pairs, or pairwise ranking"));
    declared.add(
        ModelParameter.choice(
            "scoring",
            "dot",
            List.of("dot", "cosine"),
            "product of the vectors as they are, or normalised as in training"));
    declared.addAll(TRAINING_DEFAULTS.declare());
    return List.copyOf(declared);
  }
}
