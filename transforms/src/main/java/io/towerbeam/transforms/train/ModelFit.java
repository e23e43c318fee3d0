package io.towerbeam.transforms.train;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.TrainingInfo;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A model fitted on the training shards of a run.
 *
 * @param model the model, to be closed by whoever asked for it
 * @param training what the fit took, all attempts together where epochs are reported
 */
public record ModelFit(FittedModel model, TrainingInfo training) {

  /**
   * Fits a model, or goes on from the checkpoint of an earlier attempt.
   *
   * @param name what progress calls the model
   * @param folder where its checkpoints and epoch reports lie
   * @param counts {@code train_users}, {@code train_items} and {@code train_interactions}
   * @throws ModelFitException if no usable model comes of it, or there is too little memory
   */
  public static ModelFit of(
      String name,
      RankingModelProvider provider,
      ParameterValues parameters,
      Folder folder,
      FitSettings settings,
      Map<String, Long> counts)
      throws IOException, ModelFitException {
    ShardFilesTrainingData data = ShardFilesTrainingData.of(settings.run(), counts);
    Memory.require(name, provider.bytesNeeded(data.size(), parameters));
    EpochFile epochs = new EpochFile(folder);
    FitContext context =
        new FitContext(
            name,
            settings.seed(),
            settings.device(),
            settings.requireGpu(),
            settings.threads(),
            new FolderModelFiles(folder),
            new RecordedProgress(epochs, Progress.forThisProcess()));
    long began = System.nanoTime();
    FittedModel model = provider.fit(data, parameters, context);
    double seconds = (System.nanoTime() - began) / 1e9;
    return new ModelFit(model, trainingInfo(epochs.read(), seconds));
  }

  /**
   * Makes sure of the GPU that the settings require: without one libtorch would fall back to the
   * CPU in silence.
   */
  public static void requireDevice(FitSettings settings) throws ModelFitException {
    if (settings.requireGpu()) {
      Torch.device(settings.device(), true);
    }
  }

  private static TrainingInfo trainingInfo(List<EpochReport> epochs, double fitSeconds) {
    if (epochs.isEmpty()) {
      return new TrainingInfo(fitSeconds, 0, 0.0);
    }
    double seconds = epochs.stream().mapToDouble(EpochReport::getSeconds).sum();
    long examples = epochs.stream().mapToLong(EpochReport::getExamples).sum();
    return new TrainingInfo(seconds, epochs.size(), examples / Math.max(seconds, 1e-9));
  }
}
