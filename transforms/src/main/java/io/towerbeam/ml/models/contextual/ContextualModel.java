package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.VectorScorer;
import io.towerbeam.ml.models.training.Checkpoints;
import io.towerbeam.ml.models.training.DamagedFileException;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The trained towers: users by their histories, items by their vectors, scored by the product.
 *
 * <p>Items that were not in training have the vectors and biases that {@link NewItems} gives them
 * by their content, in lists as in histories.
 *
 * <p>Safe for use by many threads. Must fit in memory: three vectors an item.
 */
public final class ContextualModel implements FittedModel, FittedModel.Embeddings {
  private static final String FILE = "parameters.avro";
  private static final String ITEM_VECTORS = "item_vectors";
  private static final String HISTORY_VECTORS = "history_vectors";
  private static final String END_OF_TRAIN = "endOfTrain";

  /** What has a row for each item. */
  private static final Set<String> EXTENDED = Set.of(ITEM_VECTORS, HISTORY_VECTORS);

  private final List<NamedArray> arrays;
  private final long endOfTrain;
  private final ContextualParameters parameters;
  private final FloatMatrix items;
  private final NewItems newItems;
  private final UserBags users;
  private final VectorScorer scorer;

  private ContextualModel(
      List<NamedArray> arrays, long endOfTrain, ContextualParameters parameters) {
    this.arrays = arrays;
    this.endOfTrain = endOfTrain;
    this.parameters = parameters;
    items = matrix(arrays, ITEM_VECTORS);
    newItems = NewItems.of(arrays);
    users =
        new UserBags(
            matrix(arrays, HISTORY_VECTORS),
            matrix(arrays, ContextualTowers.CONTEXT_VECTORS),
            parameters.history(),
            endOfTrain,
            parameters.servingContext());
    scorer = new VectorScorer(items);
  }

  /**
   * The model of items with {@code content}, (I, F) float32.
   *
   * @param learnt the arrays of {@link ContextualTowers}
   * @param categories how many of the first columns of content are for categories
   * @param counts (I) how often the items were taken
   * @param endOfTrain seconds since the epoch
   */
  static ContextualModel of(
      List<NamedArray> learnt,
      FloatMatrix content,
      int categories,
      long[] counts,
      long endOfTrain,
      ContextualParameters parameters) {
    ContextualTowers towers = new ContextualTowers(content.columns(), parameters.embeddingDim());
    ItemEncoder encoder =
        new ItemEncoder(
            towers,
            learnt.stream().filter(array -> !ContextualTowers.isTable(array.name())).toList());
    FloatMatrix historyVectors =
        encoder.historyVectors(matrix(learnt, ContextualTowers.HISTORY_TABLE), content);
    FloatMatrix itemVectors =
        encoder.items(
            matrix(learnt, ContextualTowers.ITEM_TABLE),
            matrix(learnt, ContextualTowers.ITEM_BIAS),
            content);
    List<NamedArray> arrays = new ArrayList<>();
    arrays.add(NamedArray.find(learnt, ContextualTowers.CONTEXT_VECTORS));
    arrays.add(NamedArray.of(HISTORY_VECTORS, historyVectors));
    arrays.add(NamedArray.of(ITEM_VECTORS, itemVectors));
    arrays.addAll(NewItems.fit(content, categories, itemVectors, historyVectors, counts).arrays());
    return new ContextualModel(arrays, endOfTrain, parameters);
  }

  static ContextualModel load(ModelFiles files, ContextualParameters parameters)
      throws IOException {
    try (InputStream in = files.open(FILE)) {
      TensorFile file = TensorFile.readFrom(in);
      String endOfTrain = file.properties().getOrDefault(END_OF_TRAIN, "");
      return new ContextualModel(file.arrays(), Long.parseLong(endOfTrain), parameters);
    } catch (NumberFormatException e) {
      throw new DamagedFileException("without the end of train", e);
    }
  }

  @Override
  public void save(ModelFiles files) throws IOException {
    Map<String, String> properties = Map.of(END_OF_TRAIN, Long.toString(endOfTrain));
    files.write(FILE, new TensorFile(arrays, properties)::writeTo);
    Checkpoints.deleteAll(files);
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
    int columns = users.columns();
    float[] vectors = new float[Math.multiplyExact(histories.size(), columns)];
    for (int i = 0; i < histories.size(); i++) {
      users.write(histories.get(i), vectors, i * columns);
    }
    return new FloatMatrix(histories.size(), columns, vectors);
  }

  @Override
  public FloatMatrix items() {
    return items;
  }

  @Override
  public Optional<FloatMatrix> itemsOf(FloatMatrix features) {
    return Optional.of(newItems.items(features));
  }

  @Override
  public Optional<FittedModel> withNewItems(FloatMatrix features) {
    List<NamedArray> extended =
        new ArrayList<>(arrays.stream().filter(array -> !EXTENDED.contains(array.name())).toList());
    FloatMatrix added = newItems.historyVectors(features);
    extended.add(NamedArray.of(HISTORY_VECTORS, matrix(arrays, HISTORY_VECTORS).above(added)));
    extended.add(NamedArray.of(ITEM_VECTORS, items.above(newItems.items(features))));
    return Optional.of(new ContextualModel(extended, endOfTrain, parameters));
  }

  /** Frees the copy of the item vectors that scoring uses. */
  @Override
  public void close() {
    scorer.close();
  }

  private static FloatMatrix matrix(List<NamedArray> arrays, String name) {
    return NamedArray.find(arrays, name).toMatrix();
  }
}
