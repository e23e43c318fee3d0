package io.towerbeam.ml.models.towers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.models.training.CounterRandom;
import io.towerbeam.ml.models.training.DropoutMask;
import io.towerbeam.ml.models.training.HostBuffer;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.ParameterSet;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.models.training.Torch;
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

  /** How many float32 values an item takes in the hidden layers. */
  static int hiddenWidth() {
    return HIDDEN[0] + HIDDEN[1] + HIDDEN[2];
  }

  static String weightName(int layer) {
    return "item_tower.%d.weight".formatted(layer);
  }

  static String biasName(int layer) {
    return "item_tower.%d.bias".formatted(layer);
  }

  /**
   * Xavier-normal weights, (out, in) float32, and biases of zero, (out) float32. Source: Glorot and
   * Bengio, "Understanding the difficulty of training deep feedforward neural networks" (AISTATS
   * 2010).
   */
  List<NamedArray> initialParameters(CounterRandom random) {
    List<NamedArray> parameters = new ArrayList<>();
    for (int layer = 0; layer <= HIDDEN.length; layer++) {
      int in = layer == 0 ? features : HIDDEN[layer - 1];
      int out = layer == HIDDEN.length ? embeddingDim : HIDDEN[layer];
      float[] weights = random.gaussians(in * out, Math.sqrt(2.0 / (in + out)));
      parameters.add(new NamedArray(weightName(layer), new long[] {out, in}, weights));
      parameters.add(new NamedArray(biasName(layer), new long[] {out}, new float[out]));
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
      NDArray hidden = Activation.relu(linear(parameters, activations, layer));
      activations = dropout.apply(hidden, layer);
    }
    return linear(parameters, activations, HIDDEN.length);
  }

  private static NDArray linear(Parameters parameters, NDArray input, int layer) {
    return Linear.linear(input, parameters.get(weightName(layer)), parameters.get(biasName(layer)))
        .singletonOrThrow();
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

  /** What happens to activations after a hidden layer. */
  @FunctionalInterface
  interface Dropout {
    /** Leaves them as they are. */
    Dropout NONE = (activations, layer) -> activations;

    /** The activations after dropout, of the same shape; {@code layer} counts from 0. */
    NDArray apply(NDArray activations, int layer);

    /**
     * Drops at random: each activation of each item of the batch by itself.
     *
     * @param masks memory for the mask of each hidden layer
     */
    static Dropout drawn(DropoutMask mask, CounterRandom random, List<HostBuffer> masks) {
      return (activations, layer) -> {
        Shape shape = activations.getShape();
        mask.fill(masks.get(layer).clear(shape.size() * Float.BYTES), random);
        return activations.mul(
            masks.get(layer).toArray(activations.getManager(), DataType.FLOAT32, shape.getShape()));
      };
    }
  }
}
