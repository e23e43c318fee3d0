package io.towerbeam.transforms.train;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
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
import java.util.Optional;

/**
 * A model whose vectors are (1, user index) and (item index, 1), of new items (first feature, 1):
 * easy to foretell.
 */
public class SumOfIndexes implements RankingModelProvider {
  @Override
  public String name() {
    return "sum-of-indexes";
  }

  @Override
  public String description() {
    return "user index + item index";
  }

  @Override
  public List<ModelParameter> parameters() {
    return List.of(ModelParameter.real("unused", .5, 0, 1, "changes nothing"));
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    return 1;
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    InteractionMatrix interactions = data.interactions();
    if (data.ratings().length != interactions.size() || data.times().length < 1) {
      throw new ModelFitException("columns of different lengths");
    }
    return new Fitted(interactions.itemCount());
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    try (InputStream in = files.open("items")) {
      return new Fitted(in.read());
    }
  }

  /** A model that no data fit. */
  public static final class Unfittable extends SumOfIndexes {
    @Override
    public String name() {
      return "unfittable";
    }

    @Override
    public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
        throws ModelFitException {
      throw new ModelFitException("the matrix is singular");
    }
  }

  private record Fitted(int itemCount) implements FittedModel, FittedModel.Embeddings {
    @Override
    public FloatMatrix score(List<UserHistory> users) {
      float[] scores = new float[users.size() * itemCount];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = users.get(i / itemCount).userIndex() + i % itemCount;
      }
      return new FloatMatrix(users.size(), itemCount, scores);
    }

    @Override
    public Optional<Embeddings> embeddings() {
      return Optional.of(this);
    }

    @Override
    public FloatMatrix users(List<UserHistory> users) {
      float[] values = new float[users.size() * 2];
      for (int user = 0; user < users.size(); user++) {
        values[2 * user] = 1;
        values[2 * user + 1] = users.get(user).userIndex();
      }
      return new FloatMatrix(users.size(), 2, values);
    }

    @Override
    public FloatMatrix items() {
      float[] values = new float[itemCount * 2];
      for (int item = 0; item < itemCount; item++) {
        values[2 * item] = item;
        values[2 * item + 1] = 1;
      }
      return new FloatMatrix(itemCount, 2, values);
    }

    @Override
    public Optional<FloatMatrix> itemsOf(FloatMatrix features) {
      float[] values = new float[features.rows() * 2];
      for (int item = 0; item < features.rows(); item++) {
        values[2 * item] = features.values()[item * features.columns()];
        values[2 * item + 1] = 1;
      }
      return Optional.of(new FloatMatrix(features.rows(), 2, values));
    }

    @Override
    public void save(ModelFiles files) throws IOException {
      files.write("items", out -> out.write(itemCount));
    }
  }
}
