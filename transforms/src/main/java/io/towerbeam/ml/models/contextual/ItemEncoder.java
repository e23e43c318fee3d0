package io.towerbeam.ml.models.contextual;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.ParameterSet;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.models.training.Torch;
import java.util.Arrays;
import java.util.List;

/**
 * The towers' functions of items once training is over, on the CPU and one thread.
 *
 * @param towers what is computed
 * @param learnt the layers and context terms, at least
 */
record ItemEncoder(ContextualTowers towers, List<NamedArray> learnt) {
  /** How many items are encoded at a time: some 20 MB of activations. */
  private static final int AT_ONCE = 16_384;

  /**
   * What the items bring into a history, (I, D) float32.
   *
   * @param table (I, D) their rows of the table
   * @param content (I, F) float32
   */
  FloatMatrix historyVectors(FloatMatrix table, FloatMatrix content) {
    return encode(
        content,
        (parameters, from, part) ->
            towers.historyVectors(parameters, rows(part.getManager(), table, from, part), part));
  }

  /**
   * The items' vectors and their biases in each context, (I, D + K) float32.
   *
   * @param table (I, D) their rows of the table
   * @param biases (I, K) their biases
   * @param content (I, F) float32
   */
  FloatMatrix items(FloatMatrix table, FloatMatrix biases, FloatMatrix content) {
    return encode(
        content,
        (parameters, from, part) ->
            towers.items(
                parameters,
                rows(part.getManager(), table, from, part),
                rows(part.getManager(), biases, from, part),
                part));
  }

  /** A function of some items' content, (n, F), the first of which has the index {@code from}. */
  @FunctionalInterface
  private interface Encoding {
    NDArray of(Parameters parameters, int from, NDArray content);
  }

  private FloatMatrix encode(FloatMatrix content, Encoding encoding) {
    // What is computed must not differ by the threads that a machine has.
    Torch.useThreads(1);
    float[] encoded = new float[0];
    int columns = 0;
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      ParameterSet lasting = new ParameterSet(manager, learnt);
      for (int from = 0; from < content.rows(); from += AT_ONCE) {
        int count = Math.min(AT_ONCE, content.rows() - from);
        try (NDManager pass = manager.newSubManager()) {
          NDArray part = encoding.of(lasting.lendTo(pass), from, rows(pass, content, from, count));
          columns = (int) part.getShape().get(1);
          encoded = Arrays.copyOf(encoded, Math.multiplyExact(content.rows(), columns));
          System.arraycopy(part.toFloatArray(), 0, encoded, from * columns, count * columns);
        }
      }
    }
    return new FloatMatrix(content.rows(), columns, encoded);
  }

  private static NDArray rows(NDManager manager, FloatMatrix matrix, int from, NDArray like) {
    return rows(manager, matrix, from, (int) like.getShape().get(0));
  }

  private static NDArray rows(NDManager manager, FloatMatrix matrix, int from, int count) {
    float[] values =
        Arrays.copyOfRange(
            matrix.values(), from * matrix.columns(), (from + count) * matrix.columns());
    return Torch.create(manager, values, new Shape(count, matrix.columns()));
  }
}
