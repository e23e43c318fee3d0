package io.towerbeam.pipelines.testing;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ItemScores;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingData;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.List;

/** The model that the README adds. */
public final class MostRecent implements RankingModelProvider {
  @Override
  public String name() {
    return "most-recent";
  }

  @Override
  public String description() {
    return "items by the time they were last taken";
  }

  @Override
  public List<ModelParameter> parameters() {
    return List.of();
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    return 12 * size.interactions() + 4 * size.items();
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException {
    int[] items = data.interactions().items();
    float[] latest = new float[data.interactions().itemCount()];
    for (int row = 0; row < items.length; row++) {
      latest[items[row]] = Math.max(latest[items[row]], data.times()[row]);
    }
    return new ItemScores(latest, true);
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return ItemScores.load(files, true);
  }
}
