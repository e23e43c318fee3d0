package io.towerbeam.ml.models.testing;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingData;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.TrainingInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Fits and loads models as a run does. */
public final class Fits {
  private static final long SEED = 42;

  private Fits() {}

  /** The model fitted on one thread with these parameters, given as {@code name=value}. */
  public static FittedModel fit(RankingModelProvider provider, TrainingData data, String... given)
      throws IOException, ModelFitException {
    FitContext context =
        new FitContext(
            provider.name(),
            SEED,
            DeviceChoice.CPU,
            false,
            1,
            new MemoryFiles(),
            TrainingProgress.SILENT);
    return provider.fit(data, parameters(provider, given), context);
  }

  /** The model that {@code files} hold, fitted with these parameters. */
  public static FittedModel load(RankingModelProvider provider, MemoryFiles files, String... given)
      throws IOException {
    ModelArtifact artifact =
        new ModelArtifact(
            provider.name(),
            provider.name(),
            "model/" + provider.name(),
            parameters(provider, given).asMap(),
            SEED,
            new TrainingInfo(0d, 0, 0d));
    return provider.load(artifact, files);
  }

  /** The files that the model writes. */
  public static MemoryFiles saved(FittedModel model) throws IOException {
    MemoryFiles files = new MemoryFiles();
    model.save(files);
    return files;
  }

  /** The defaults, but for those given. */
  public static ParameterValues parameters(RankingModelProvider provider, String... given) {
    Map<String, String> values = new HashMap<>();
    for (String pair : given) {
      values.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return ParameterValues.of(provider.parameters(), values);
  }
}
