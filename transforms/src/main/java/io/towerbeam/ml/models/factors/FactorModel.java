package io.towerbeam.ml.models.factors;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.VectorScorer;
import io.towerbeam.ml.models.training.Checkpoints;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items as vectors, and a way to a user's vector; the score is their product. Holds no native
 * memory between calls. Safe for use by many threads.
 */
abstract class FactorModel implements FittedModel, FittedModel.Embeddings {
  private static final String FILE = "parameters.avro";

  private final FloatMatrix items;

  /**
   * @param items (I, D) item vectors
   */
  FactorModel(FloatMatrix items) {
    this.items = items;
  }

  /** The vector of one user, (D) float32. */
  abstract float[] vectorOf(UserHistory user);

  /** What is to be saved: all that the model is made of. */
  abstract List<NamedArray> arrays();

  @Override
  public final FloatMatrix items() {
    return items;
  }

  @Override
  public final FloatMatrix users(List<UserHistory> users) {
    int dim = items.columns();
    float[] vectors = new float[Math.multiplyExact(users.size(), dim)];
    for (int i = 0; i < users.size(); i++) {
      System.arraycopy(vectorOf(users.get(i)), 0, vectors, i * dim, dim);
    }
    return new FloatMatrix(users.size(), dim, vectors);
  }

  @Override
  public final Optional<Embeddings> embeddings() {
    return Optional.of(this);
  }

  @Override
  public final FloatMatrix score(List<UserHistory> users) {
    try (VectorScorer scorer = new VectorScorer(items)) {
      return scorer.score(users(users));
    }
  }

  @Override
  public final void save(ModelFiles files) throws IOException {
    files.write(FILE, new TensorFile(arrays(), Map.of())::writeTo);
    Checkpoints.deleteAll(files);
  }

  /** The file that {@link #save} wrote. */
  static TensorFile open(ModelFiles files) throws IOException {
    try (InputStream in = files.open(FILE)) {
      return TensorFile.readFrom(in);
    }
  }

  static NamedArray toArray(String name, FloatMatrix matrix) {
    return new NamedArray(name, new long[] {matrix.rows(), matrix.columns()}, matrix.values());
  }

  static FloatMatrix toMatrix(NamedArray array) {
    return new FloatMatrix((int) array.shape()[0], (int) array.shape()[1], array.values());
  }

  /** The same numbers as float32. */
  static FloatMatrix rounded(int rows, int columns, double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return new FloatMatrix(rows, columns, rounded);
  }
}
