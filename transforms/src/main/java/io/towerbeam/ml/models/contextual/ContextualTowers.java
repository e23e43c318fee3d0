package io.towerbeam.ml.models.contextual;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.models.training.DenseLayer;
import io.towerbeam.ml.models.training.EmbeddingTable;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What both towers are made of, as arrays by name and as functions of them.
 *
 * <p>With c the content of an item, (F): it enters a history as p + L·c, has the vector v = e +
 * MLP(c) and, in the context k, the bias b_k + h_k·c. Here p, e and b are rows of tables.
 *
 * @param features F, the width of an item's content
 * @param embeddingDim D
 */
record ContextualTowers(int features, int embeddingDim) {
  static final String HISTORY_TABLE = "history_table";
  static final String ITEM_TABLE = "item_table";
  static final String ITEM_BIAS = "item_bias";
  static final String CONTEXT_VECTORS = "context_vectors";
  static final String CONTEXT_CONTENT = "context_content";

  /** What torch's {@code normalize} divides by at least. */
  static final double LEAST_NORM = 1e-12;

  private static final int HIDDEN = 64;

  DenseLayer historyContent() {
    return new DenseLayer("history_content", features, embeddingDim);
  }

  DenseLayer hiddenContent() {
    return new DenseLayer("item_content.0", features, HIDDEN);
  }

  DenseLayer itemContent() {
    return new DenseLayer("item_content.1", HIDDEN, embeddingDim);
  }

  /**
   * All arrays at their start.
   *
   * @param biases (I, K) what the item biases start at
   */
  List<NamedArray> initialParameters(CounterRandom random, FloatMatrix biases) {
    int items = biases.rows();
    List<NamedArray> arrays = new ArrayList<>();
    arrays.add(table(HISTORY_TABLE, items, embeddingDim, random));
    arrays.addAll(silent(historyContent().initialParameters(random)));
    arrays.add(table(ITEM_TABLE, items, embeddingDim, random));
    arrays.addAll(hiddenContent().initialParameters(random));
    arrays.addAll(silent(itemContent().initialParameters(random)));
    arrays.add(NamedArray.of(ITEM_BIAS, biases));
    arrays.add(table(CONTEXT_VECTORS, ContextBucket.COUNT, embeddingDim, random));
    arrays.add(
        new NamedArray(
            CONTEXT_CONTENT,
            new long[] {ContextBucket.COUNT, features},
            new float[ContextBucket.COUNT * features]));
    return arrays;
  }

  /**
   * The same arrays, all 0: at random, content would bring in vectors longer than those of the
   * tables, and a training of few epochs would spend them on unlearning it.
   */
  private static List<NamedArray> silent(List<NamedArray> layer) {
    return layer.stream()
        .map(array -> new NamedArray(array.name(), array.shape(), new float[array.values().length]))
        .toList();
  }

  private static NamedArray table(String name, int rows, int columns, CounterRandom random) {
    return new EmbeddingTable(name, rows, columns).initialParameters(random);
  }

  /** Whether an array has a row for each item. */
  static boolean isTable(String name) {
    return name.equals(HISTORY_TABLE) || name.equals(ITEM_TABLE) || name.equals(ITEM_BIAS);
  }

  /**
   * What items bring into a history, (n, D) float32.
   *
   * @param table (n, D) their rows of the table
   * @param content (n, F) float32
   */
  NDArray historyVectors(Parameters learnt, NDArray table, NDArray content) {
    return table.add(historyContent().forward(learnt, content));
  }

  /**
   * The item tower, (n, D + K) float32: vectors, and behind them the bias in each of K contexts.
   *
   * @param table (n, D) the items' rows of the table
   * @param biases (n, K) their biases
   * @param content (n, F) float32
   */
  NDArray items(Parameters learnt, NDArray table, NDArray biases, NDArray content) {
    NDArray hidden = Activation.relu(hiddenContent().forward(learnt, content));
    NDArray vectors = table.add(itemContent().forward(learnt, hidden));
    NDArray inContexts = content.matMul(learnt.get(CONTEXT_CONTENT).transpose()); // (n, K)
    return vectors.concat(inContexts.add(biases), 1);
  }

  /**
   * The user tower, (B, D + K) float32: vectors, and behind them a 1 in the column of the context,
   * which picks the item's bias.
   *
   * @param bags (B, D) weighted sums of what the histories' items bring in; of any length
   * @param contexts (B, K) float32, 1 in the column of the context, else 0
   */
  NDArray users(Parameters learnt, NDArray bags, NDArray contexts) {
    return bags.normalize(2, 1, LEAST_NORM)
        .add(contexts.matMul(learnt.get(CONTEXT_VECTORS)))
        .concat(contexts, 1);
  }
}
