package io.towerbeam.ml.models.contextual;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.towerbeam.ml.models.contextual.CausalExamples.Example;
import io.towerbeam.ml.models.training.HostBuffer;
import io.towerbeam.ml.random.CounterRandom;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The matrices of a batch of examples, as memory that is filled anew for each batch. A bag is a row
 * of a dense (B, n) matrix that the n items' vectors are multiplied by: for the items of a batch
 * this is faster than to gather a vector for each row of each history, forward and above all
 * backward. Not thread-safe.
 */
final class ContextualBatch {
  /** Added to a score that may not take part: its exponential is 0. */
  private static final float NEVER = -1e30f;

  private final int[] items;
  private final long[] times;
  private final ContextualParameters parameters;
  private final ItemColumns historyItems;
  private final SoftmaxItems softmaxItems;
  private final HostBuffer bags = new HostBuffer();
  private final HostBuffer targets = new HostBuffer();
  private final HostBuffer offsets = new HostBuffer();
  private final HostBuffer contexts = new HostBuffer();
  private List<Example> examples = List.of();

  ContextualBatch(
      CausalExamples examples, ContextualParameters parameters, SoftmaxItems softmaxItems) {
    items = examples.interactions().items();
    times = examples.times();
    this.parameters = parameters;
    this.softmaxItems = softmaxItems;
    int itemCount = softmaxItems.itemCount();
    historyItems =
        softmaxItems.columns().isAll() ? ItemColumns.all(itemCount) : ItemColumns.none(itemCount);
  }

  /** Takes these examples, and draws the items of their softmax. */
  void take(List<Example> batch, CounterRandom random) {
    examples = batch;
    List<int[]> targetItems = new ArrayList<>();
    historyItems.clear();
    for (Example example : batch) {
      targetItems.add(Arrays.stream(example.targets()).map(row -> items[row]).toArray());
      for (int row : example.history()) {
        historyItems.add(items[row]);
      }
    }
    softmaxItems.draw(targetItems, random);
  }

  /** The items in the columns of the bags. */
  ItemColumns historyItems() {
    return historyItems;
  }

  /** The items in the columns of targets and offsets. */
  ItemColumns softmaxItems() {
    return softmaxItems.columns();
  }

  /** What each history item weighs, (B, n) float32; dropped rows weigh nothing. */
  NDArray bags(NDManager manager, CounterRandom random) {
    FloatBuffer out = zeros(bags, historyItems.size());
    HistoryWeights weights = parameters.history();
    for (int b = 0; b < examples.size(); b++) {
      int[] history = examples.get(b).history();
      long last = times[history[history.length - 1]];
      for (int i = weights.first(history.length); i < history.length; i++) {
        if (random.nextUnit() >= parameters.dropout()) {
          int row = history[i];
          int at = b * historyItems.size() + historyItems.of(items[row]);
          out.put(at, out.get(at) + weights.of(times[row], last));
        }
      }
    }
    return bags.toArray(manager, DataType.FLOAT32, examples.size(), historyItems.size());
  }

  /**
   * What each target's loss weighs, (B, n) float32: the N targets of an example share its weight, N
   * to the {@code targetPower}; all together 1.
   */
  NDArray targets(NDManager manager) {
    int columns = softmaxItems().size();
    FloatBuffer out = zeros(targets, columns);
    double total = examples.stream().mapToDouble(this::weight).sum();
    for (int b = 0; b < examples.size(); b++) {
      Example example = examples.get(b);
      float weight = (float) (weight(example) / total / example.targets().length);
      for (int row : example.targets()) {
        out.put(b * columns + softmaxItems().of(items[row]), weight);
      }
    }
    return targets.toArray(manager, DataType.FLOAT32, examples.size(), columns);
  }

  private double weight(Example example) {
    return StrictMath.pow(example.targets().length, parameters.targetPower());
  }

  /** What is added to each score, (B, n) float32: a history's own items can never be chosen. */
  NDArray offsets(NDManager manager) {
    ItemColumns columns = softmaxItems();
    FloatBuffer out = zeros(offsets, columns.size());
    for (int b = 0; b < examples.size(); b++) {
      out.put(b * columns.size(), softmaxItems.corrections(), 0, columns.size());
      for (int row : examples.get(b).history()) {
        if (columns.has(items[row])) {
          out.put(b * columns.size() + columns.of(items[row]), NEVER);
        }
      }
    }
    return offsets.toArray(manager, DataType.FLOAT32, examples.size(), columns.size());
  }

  /** The contexts, (B, K) float32: 1 in the column of the example's, else 0. */
  NDArray contexts(NDManager manager) {
    FloatBuffer out = zeros(contexts, ContextBucket.COUNT);
    for (int b = 0; b < examples.size(); b++) {
      out.put(b * ContextBucket.COUNT + examples.get(b).context().ordinal(), 1);
    }
    return contexts.toArray(manager, DataType.FLOAT32, examples.size(), ContextBucket.COUNT);
  }

  private FloatBuffer zeros(HostBuffer buffer, int columns) {
    int size = Math.multiplyExact(examples.size(), columns);
    FloatBuffer out = buffer.clear((long) size * Float.BYTES).asFloatBuffer();
    float[] zeros = new float[columns];
    for (int b = 0; b < examples.size(); b++) {
      out.put(b * columns, zeros);
    }
    return out;
  }
}
