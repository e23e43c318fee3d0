package io.towerbeam.ml.models.towers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.models.training.DenseLayer;
import io.towerbeam.ml.models.training.Dropout;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.ParameterSet;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The item tower: F features → 128 → 64 → 32 → D, with ReLU and, in training, dropout after each
 * hidden layer.
 *
 * @param features F, the width of an item's features
 * @param embeddingDim D, the width of its vector
 */
record ItemTower(int features, int embeddingDim) {
  private static final int[] HIDDEN = {128, 64, 32};

  /** How many items are encoded at a time: some 10 MB of activations. */
  private static final int ENCODED_AT_ONCE = 16_384;

  /** The name of the first layer's weights, (128, F) float32. */
  static final String FIRST_WEIGHT = "item_tower.0.weight";

  /** How many float32 values an item takes in the hidden layers. */
  static int hiddenWidth() {
    return HIDDEN[0] + HIDDEN[1] + HIDDEN[2];
  }

  /** The layer of that number: 0 is the first. */
  private DenseLayer layer(int layer) {
    int in = layer == 0 ? features : HIDDEN[layer - 1];
    int out = layer == HIDDEN.length ? embeddingDim : HIDDEN[layer];
    return new DenseLayer("item_tower." + layer, in, out);
  }

  /** Xavier-normal weights, (out, in) float32, and biases of zero, (out) float32. */
  List<NamedArray> initialParameters(CounterRandom random) {
    List<NamedArray> parameters = new ArrayList<>();
    for (int layer = 0; layer <= HIDDEN.length; layer++) {
      parameters.addAll(layer(layer).initialParameters(random));
    }
    return parameters;
  }

  /**
   * Makes vectors of items.
   *
   * @param features (I, F) float32
   * @param dropout masks the hidden activations; {@link Dropout#NONE} outside training
   */
  Pass forward(Parameters parameters, NDArray features, Dropout dropout) {
    NDList inputs = new NDList(features);
    for (int layer = 0; layer < HIDDEN.length; layer++) {
      // Freed at once, so that what follows is written to memory still in the caches.
      try (NDArray hidden = layer(layer).forward(parameters, inputs.get(layer))) {
        inputs.add(dropout.apply(Activation.relu(hidden), layer));
      }
    }
    return new Pass(
        parameters, inputs, layer(HIDDEN.length).forward(parameters, inputs.get(HIDDEN.length)));
  }

  /** One way through the tower. */
  final class Pass {
    private final Parameters parameters;
    private final NDList inputs;
    private final NDArray vectors;

    /**
     * @param inputs of each layer: the features, then what is left of the hidden activations
     */
    private Pass(Parameters parameters, NDList inputs, NDArray vectors) {
      this.parameters = parameters;
      this.inputs = inputs;
      this.vectors = vectors;
    }

    /** The items' vectors, (I, D) float32, not normalised. */
    NDArray vectors() {
      return vectors;
    }

    /**
     * The slopes of a loss in the tower's parameters, in their order and flat. Spends the hidden
     * activations: to be called once.
     *
     * @param vectorSlopes (I, D) float32: those in the vectors
     * @param keptScale what dropout multiplied the activations by that it kept
     */
    NDList slopes(NDArray vectorSlopes, float keptScale) {
      NDList all = layer(HIDDEN.length).parameterSlopes(inputs.get(HIDDEN.length), vectorSlopes);
      NDArray slopes = vectorSlopes;
      for (int layer = HIDDEN.length - 1; layer >= 0; layer--) {
        // An activation is above zero where neither ReLU nor dropout stopped it.
        NDArray passed = inputs.get(layer + 1);
        NDArray weights = parameters.get(layer(layer + 1).weightName()).mul(keptScale);
        slopes = slopes.matMul(weights).muli(passed.signi());
        all.addAll(0, layer(layer).parameterSlopes(inputs.get(layer), slopes));
      }
      return all;
    }
  }

  /** The vectors of items outside training, (I, D) float32; on the CPU. Empty input is allowed. */
  FloatMatrix encode(List<NamedArray> parameters, FloatMatrix items) {
    float[] vectors = new float[Math.multiplyExact(items.rows(), embeddingDim)];
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      ParameterSet lasting = new ParameterSet(manager, parameters);
      for (int from = 0; from < items.rows(); from += ENCODED_AT_ONCE) {
        int rows = Math.min(ENCODED_AT_ONCE, items.rows() - from);
        try (NDManager part = manager.newSubManager()) {
          NDArray input =
              Torch.create(
                  part,
                  Arrays.copyOfRange(items.values(), from * features, (from + rows) * features),
                  new Shape(rows, features));
          float[] encoded =
              forward(lasting.lendTo(part), input, Dropout.NONE).vectors().toFloatArray();
          System.arraycopy(encoded, 0, vectors, from * embeddingDim, encoded.length);
        }
      }
    }
    return new FloatMatrix(items.rows(), embeddingDim, vectors);
  }
}
