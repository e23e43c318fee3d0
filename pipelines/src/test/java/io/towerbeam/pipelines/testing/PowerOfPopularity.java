package io.towerbeam.pipelines.testing;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingData;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Popularity to a power that can be searched: below 0 it is the worst, and at 0 no model at all.
 */
public final class PowerOfPopularity implements RankingModelProvider {
  @Override
  public String name() {
    return "power-of-popularity";
  }

  @Override
  public String description() {
    return "number of training interactions, to a power";
  }

  @Override
  public List<ModelParameter> parameters() {
    return List.of(
        ModelParameter.real("power", -1, -2, 2, "the power").searched(-1, 1),
        ModelParameter.flag("broken", false, "fits nothing"));
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    return 1;
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    if (parameters.getDouble("power") == 0 || parameters.getBoolean("broken")) {
      throw new ModelFitException("all items are the same");
    }
    long[] counts = data.interactions().itemCounts();
    float[] scores = new float[counts.length];
    for (int item = 0; item < scores.length; item++) {
      scores[item] = (float) Math.pow(counts[item], parameters.getDouble("power"));
    }
    return new Fitted(scores);
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    try (InputStream in = files.open("size")) {
      return new Fitted(new float[in.read() << 8 | in.read()]);
    }
  }

  private record Fitted(float[] scores) implements FittedModel {
    @Override
    public FloatMatrix score(List<UserHistory> users) {
      float[] rows = new float[users.size() * scores.length];
      for (int user = 0; user < users.size(); user++) {
        System.arraycopy(scores, 0, rows, user * scores.length, scores.length);
      }
      return new FloatMatrix(users.size(), scores.length, rows);
    }

    @Override
    public void save(ModelFiles files) throws IOException {
      files.write(
          "size",
          out -> {
            out.write(scores.length >> 8);
            out.write(scores.length);
          });
    }
  }
}
