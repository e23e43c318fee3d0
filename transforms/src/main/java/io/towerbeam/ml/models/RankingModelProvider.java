package io.towerbeam.ml.models;

import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.List;

/**
 * A kind of ranking model: how it is fitted, and how it is read back.
 *
 * <p>Found by {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/io.towerbeam.ml.models.RankingModelProvider} and it appears in {@code
 * --models}, the help and the leaderboard. Needs a public constructor without arguments. Stateless,
 * so safe for use by many threads.
 */
public interface RankingModelProvider {
  /** The model's name in {@code --models}: kebab-case, unique. */
  String name();

  /** One line that says how it scores. */
  String description();

  /** What can be set through {@code --modelParameters=name.parameter=value}. */
  List<ModelParameter> parameters();

  /** True for models that are trained by gradient steps and gain from a GPU. */
  default boolean needsAccelerator() {
    return false;
  }

  /**
   * The memory that {@link #fit} will take at its peak, heap and native, in bytes: compared with
   * what there is before anything is allocated.
   */
  long bytesNeeded(DatasetSize size, ParameterValues parameters);

  /**
   * Fits the model. The same data, parameters and seed give the same model on one machine with the
   * same number of threads.
   *
   * @throws ModelFitException if no usable model comes of these data and parameters; trying again
   *     would not help
   * @throws IOException if files cannot be read or written; trying again may help
   */
  FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException;

  /**
   * Reads back what {@link FittedModel#save} wrote.
   *
   * @throws IOException if a file is missing or damaged
   */
  FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException;

  /** The size of a training set. */
  record DatasetSize(long users, long items, long interactions, int itemFeatures) {}
}
