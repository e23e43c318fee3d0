package io.towerbeam.ml.models.towers;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.VectorScorer;
import io.towerbeam.ml.models.towers.TwoTowerParameters.Scoring;
import io.towerbeam.ml.models.training.Checkpoints;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Users and items as vectors, scored by their product.
 *
 * <p>A user whom the model has not seen (index −1) has the zero vector: every item scores 0. Safe
 * for use by many threads. Must fit in memory: the vectors of all users and items.
 */
public final class TwoTowerModel implements FittedModel, FittedModel.Embeddings {
  private static final String FILE = "parameters.avro";
  private static final String ITEM_VECTORS = "item_vectors";

  private final List<NamedArray> parameters;
  private final FloatMatrix rawItems;
  private final FloatMatrix users;
  private final FloatMatrix items;
  private final Scoring scoring;
  private final VectorScorer scorer;

  /**
   * @param parameters the user embedding and the item tower's layers
   * @param rawItems (I, D) what the item tower makes of the items
   */
  private TwoTowerModel(List<NamedArray> parameters, FloatMatrix rawItems, Scoring scoring) {
    this.parameters = parameters;
    this.rawItems = rawItems;
    this.scoring = scoring;
    users = scored(NamedArray.find(parameters, HybridTowers.USER_EMBEDDING).toMatrix());
    items = scored(rawItems);
    scorer = new VectorScorer(items);
  }

  /** The model that {@code learnt} makes of items with {@code features}, (I, F) float32. */
  static TwoTowerModel of(List<NamedArray> learnt, FloatMatrix features, Scoring scoring) {
    return new TwoTowerModel(learnt, tower(learnt).encode(learnt, features), scoring);
  }

  static TwoTowerModel load(ModelFiles files, Scoring scoring) throws IOException {
    try (InputStream in = files.open(FILE)) {
      TensorFile file = TensorFile.readFrom(in);
      List<NamedArray> parameters = new ArrayList<>(file.arrays());
      NamedArray rawItems = file.array(ITEM_VECTORS);
      parameters.remove(rawItems);
      return new TwoTowerModel(parameters, rawItems.toMatrix(), scoring);
    }
  }

  @Override
  public void save(ModelFiles files) throws IOException {
    List<NamedArray> arrays = new ArrayList<>(parameters);
    arrays.add(NamedArray.of(ITEM_VECTORS, rawItems));
    files.write(FILE, new TensorFile(arrays, Map.of())::writeTo);
    Checkpoints.deleteAll(files);
  }

  @Override
  public boolean knows(UserHistory user) {
    return user.userIndex() >= 0;
  }

  @Override
  public FloatMatrix score(List<UserHistory> histories) {
    return scorer.score(users(histories));
  }

  @Override
  public Optional<Embeddings> embeddings() {
    return Optional.of(this);
  }

  @Override
  public FloatMatrix users(List<UserHistory> histories) {
    int dim = users.columns();
    float[] vectors = new float[Math.multiplyExact(histories.size(), dim)];
    for (int i = 0; i < histories.size(); i++) {
      int user = histories.get(i).userIndex();
      if (user >= 0) {
        System.arraycopy(users.values(), user * dim, vectors, i * dim, dim);
      }
    }
    return new FloatMatrix(histories.size(), dim, vectors);
  }

  @Override
  public FloatMatrix items() {
    return items;
  }

  @Override
  public Optional<FloatMatrix> itemsOf(FloatMatrix features) {
    return Optional.of(scored(tower(parameters).encode(parameters, features)));
  }

  /** New items in a history change nothing: a user is known by the index. */
  @Override
  public Optional<FittedModel> withNewItems(FloatMatrix features) {
    FloatMatrix added = tower(parameters).encode(parameters, features);
    return Optional.of(new TwoTowerModel(parameters, rawItems.above(added), scoring));
  }

  /** Frees the copy of the item vectors that scoring uses. */
  @Override
  public void close() {
    scorer.close();
  }

  private FloatMatrix scored(FloatMatrix vectors) {
    return scoring == Scoring.COSINE ? normalized(vectors) : vectors;
  }

  private static FloatMatrix normalized(FloatMatrix vectors) {
    float[] values = vectors.values().clone();
    for (int row = 0; row < vectors.rows(); row++) {
      int from = row * vectors.columns();
      double squares = 0;
      for (int i = from; i < from + vectors.columns(); i++) {
        squares += (double) values[i] * values[i];
      }
      float norm = (float) Math.max(Math.sqrt(squares), Float.MIN_NORMAL);
      for (int i = from; i < from + vectors.columns(); i++) {
        values[i] /= norm;
      }
    }
    return new FloatMatrix(vectors.rows(), vectors.columns(), values);
  }

  private static ItemTower tower(List<NamedArray> parameters) {
    NamedArray first = NamedArray.find(parameters, ItemTower.FIRST_WEIGHT);
    NamedArray users = NamedArray.find(parameters, HybridTowers.USER_EMBEDDING);
    return new ItemTower((int) first.shape()[1], (int) users.shape()[1]);
  }
}
