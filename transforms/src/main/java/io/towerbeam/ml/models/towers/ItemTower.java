package io.towerbeam.ml.models.towers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
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
   * The items' vectors, (I, D) float32, not normalised.
   *
   * @param features (I, F) float32
   * @param dropout masks the hidden activations; {@link Dropout#NONE} outside training
   */
  NDArray forward(Parameters parameters, NDArray features, Dropout dropout) {
    NDArray activations = features;
    for (int layer = 0; layer < HIDDEN.length; layer++) {
      NDArray hidden = Activation.relu(layer(layer).forward(parameters, activations));
      activations = dropout.apply(hidden, layer);
    }
    return layer(HIDDEN.length).forward(parameters, activations);
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
          float[] encoded = forward(lasting.lendTo(part), input, Dropout.NONE).toFloatArray();
          System.arraycopy(encoded, 0, vectors, from * embeddingDim, encoded.length);
        }
      }
    }
    return new FloatMatrix(items.rows(), embeddingDim, vectors);
  }
}
