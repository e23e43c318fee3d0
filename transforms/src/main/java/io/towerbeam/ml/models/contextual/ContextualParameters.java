package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.training.TrainingSettings;
import io.towerbeam.ml.models.training.WeightDecay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the contextual two-tower.
 *
 * @param embeddingDim D, coordinates of a user's vector but for those of the bias
 * @param dropout share of a history's rows that a step leaves out
 * @param history how much each row of a history weighs
 * @param fullSoftmaxItems the number of items beyond which the softmax runs over a sample
 * @param sampledItems S, expected size of the sample
 * @param servingContext the context that all are served in; none where it is the user's own
 * @param training how it is trained
 * @param sittingShare share of the examples of users with gaps that are cut within a sitting
 * @param factorLength root mean square length of the vectors that training starts from; 0: none
 * @param returnWeight how much the items' biases start from what users took who came back
 * @param returnSmoothing rows by which the popularity among returns is drawn to that of all
 * @param targetPower an example of n targets weighs n to this power
 */
record ContextualParameters(
    int embeddingDim,
    double dropout,
    HistoryWeights history,
    int fullSoftmaxItems,
    int sampledItems,
    Optional<ContextBucket> servingContext,
    TrainingSettings training,
    double sittingShare,
    double factorLength,
    double returnWeight,
    double returnSmoothing,
    double targetPower) {
  private static final String AUTO = "auto";

  static ContextualParameters of(ParameterValues values) {
    return new ContextualParameters(
        values.getInt("embeddingDim"),
        values.getDouble("dropout"),
        new HistoryWeights(
            values.getDouble("recencyDays") * Duration.ofDays(1).toSeconds(),
            values.getInt("historyLimit")),
        values.getInt("fullSoftmaxItems"),
        values.getInt("sampledItems"),
        servingContext(values),
        new TrainingSettings(
            values.getInt("epochs"),
            values.getInt("batchSize"),
            values.getDouble("learningRate"),
            WeightDecay.decoupled(values.getDouble("weightDecay")),
            1,
            1,
            values.getDouble("checkpointSeconds")),
        values.getDouble("sittingShare"),
        values.getDouble("factorLength"),
        values.getDouble("returnWeight"),
        values.getDouble("returnSmoothing"),
        values.getDouble("targetPower"));
  }

  /** The context that all are served in; none where it is the user's own. */
  static Optional<ContextBucket> servingContext(ParameterValues values) {
    String name = values.getString("servingContext");
    return name.equals(AUTO) ? Optional.empty() : Optional.of(ContextBucket.named(name));
  }

  static List<ModelParameter> declare() {
    List<String> contexts = new ArrayList<>(List.of(AUTO));
    contexts.addAll(ContextBucket.parameterNames());
    return List.of(
        ModelParameter.integer("embeddingDim", 64, 1, 4096, "coordinates of a user's vector")
            .searchedByMagnitude(16, 256),
        ModelParameter.real(
                "dropout", .5, 0, .99, "share of a history's rows that a training step leaves out")
            .searched(.2, .8),
        ModelParameter.real(
                "recencyDays", 30, .01, 1e6, "days after which a history's row weighs 1/e")
            .searchedByMagnitude(3, 1000),
        ModelParameter.integer(
                "historyLimit", 500, 1, 1_000_000, "latest rows of a history that count")
            .searchedByMagnitude(20, 1000),
        ModelParameter.choice(
            "servingContext",
            AUTO,
            contexts,
            "how long users have been away when served; auto: from their last row to the end of"
                + " train"),
        ModelParameter.integer(
            "fullSoftmaxItems",
            30_000,
            0,
            10_000_000,
            "up to so many items the softmax runs over all of them, beyond over a sample"),
        ModelParameter.integer(
            "sampledItems", 8192, 1, 10_000_000, "items in a sample, beside a batch's targets"),
        ModelParameter.integer("epochs", 4, 1, 100_000, "passes over the users").searched(1, 12),
        ModelParameter.integer("batchSize", 256, 1, 1_000_000, "users per optimiser step"),
        ModelParameter.real("learningRate", 2e-4, 0, 10, "step size of Adam")
            .searchedByMagnitude(5e-5, 2e-3),
        ModelParameter.real(
                "weightDecay", 0, 0, 100, "share of its weight that a step of size 1 takes away")
            .searched(0, 1),
        ModelParameter.real(
                "sittingShare",
                0,
                0,
                1,
                "share of the examples of users who came back that are cut within a sitting")
            .searched(0, .5),
        ModelParameter.real(
                "factorLength",
                1.5,
                0,
                1000,
                "mean length of the item vectors that a truncated SVD gives at the start; 0: none")
            .searched(0, 4),
        ModelParameter.real(
                "returnWeight",
                .8,
                0,
                10,
                "how much the items' biases start from what users took who came back after as long")
            .searched(0, 1.5),
        ModelParameter.real(
                "returnSmoothing",
                4000,
                1,
                1e12,
                "rows by which the popularity among those is drawn to the popularity among all")
            .searchedByMagnitude(500, 32_000),
        ModelParameter.real(
                "targetPower",
                .5,
                0,
                1,
                "an example of n targets weighs n to this power: 0 each example alike, 1 each"
                    + " target")
            .searched(0, 1),
        ModelParameter.real(
            "checkpointSeconds",
            60,
            0,
            86_400,
            "seconds between checkpoints within an epoch; one is also written after each epoch"));
  }
}
