package io.towerbeam.transforms.tune;

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
import java.util.List;

/** Likes one item, which its parameter names: the metrics of a trial are easy to foretell. */
public class FavouriteItem implements RankingModelProvider {
  @Override
  public String name() {
    return "favourite-item";
  }

  @Override
  public String description() {
    return "one item before all others";
  }

  @Override
  public List<ModelParameter> parameters() {
    return List.of(ModelParameter.integer("item", 0, 0, 100, "its index").searched(0, 2));
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    return parameters.getInt("item") == 100 ? Long.MAX_VALUE : 1;
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    int items = data.interactions().itemCount();
    int favourite = parameters.getInt("item");
    if (favourite >= items) {
      throw new ModelFitException("there is no item " + favourite);
    }
    context.files().write("checkpoints/1.avro", out -> out.write(1));
    return new Fitted(items, favourite);
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) {
    throw new UnsupportedOperationException("trials keep no models");
  }

  private record Fitted(int items, int favourite) implements FittedModel {
    @Override
    public FloatMatrix score(List<UserHistory> users) {
      float[] scores = new float[users.size() * items];
      for (int user = 0; user < users.size(); user++) {
        scores[user * items + favourite] = 1;
      }
      return new FloatMatrix(users.size(), items, scores);
    }

    @Override
    public void save(ModelFiles files) {
      throw new UnsupportedOperationException("trials keep no models");
    }
  }
}
