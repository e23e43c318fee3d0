package io.towerbeam.ml.models.training;

import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import java.util.List;

/**
 * How a network is trained.
 *
 * @param epochs passes over all rows
 * @param batchSize rows per step; the last step of an epoch takes what is left
 * @param learningRate Adam's step size in the first epochs
 * @param weightDecay how the weights are drawn towards zero
 * @param stepSize epochs after which the step size is multiplied by gamma, again and again
 * @param gamma what the step size is multiplied by
 * @param checkpointSeconds seconds between checkpoints within an epoch; 0 writes one at each step
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    double learningRate,
    WeightDecay weightDecay,
    int stepSize,
    double gamma,
    double checkpointSeconds) {

  /** The step size in epoch {@code epoch}, counted from 0. */
  public double learningRateOf(int epoch) {
    return learningRate * Math.pow(gamma, epoch / stepSize);
  }

  /** How many steps an epoch over {@code rows} rows has. */
  public int batches(int rows) {
    return (int) ((rows + (long) batchSize - 1) / batchSize);
  }

  /** The settings among a model's parameters, which it declared by {@link #declare}. */
  public static TrainingSettings of(ParameterValues values) {
    return new TrainingSettings(
        values.getInt("epochs"),
        values.getInt("batchSize"),
        values.getDouble("learningRate"),
        WeightDecay.coupled(values.getDouble("weightDecay")),
        values.getInt("stepSize"),
        values.getDouble("gamma"),
        values.getDouble(Checkpoints.SECONDS));
  }

  /** The settings as parameters of a model; the defaults are those of this object. */
  public List<ModelParameter> declare() {
    return List.of(
        ModelParameter.integer("epochs", epochs, 1, 100_000, "passes over the interactions"),
        ModelParameter.integer(
            "batchSize", batchSize, 1, 1_000_000, "interactions per optimiser step"),
        ModelParameter.real("learningRate", learningRate, 0, 10, "step size of Adam at the start")
            .searchedByMagnitude(1e-4, 1e-2),
        ModelParameter.real(
                "weightDecay",
                weightDecay.rate(),
                0,
                10,
                "L2 penalty on all weights, added to the gradient")
            .searchedByMagnitude(1e-6, 1e-2),
        ModelParameter.integer(
            "stepSize", stepSize, 1, 100_000, "epochs between two cuts of the learning rate"),
        ModelParameter.real("gamma", gamma, 0, 1, "what a cut multiplies the learning rate by"),
        ModelParameter.real(
            Checkpoints.SECONDS,
            checkpointSeconds,
            0,
            86_400,
            "seconds between checkpoints within an epoch; one is also written after each epoch"));
  }
}
