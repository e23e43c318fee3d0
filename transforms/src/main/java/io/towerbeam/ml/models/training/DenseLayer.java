package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.core.Linear;
import io.towerbeam.ml.random.CounterRandom;
import java.util.List;

/**
 * A dense layer: input · weightᵀ + bias.
 *
 * @param name what its arrays are called by
 * @param in width of its input
 * @param out width of its output
 */
public record DenseLayer(String name, int in, int out) {
  /** The name of its weights, (out, in) float32. */
  public String weightName() {
    return name + ".weight";
  }

  /** The name of its biases, (out) float32. */
  public String biasName() {
    return name + ".bias";
  }

  /**
   * Xavier-normal weights and biases of zero. Source: Glorot and Bengio, "Understanding the
   * difficulty of training deep feedforward neural networks" (AISTATS 2010).
   */
  public List<NamedArray> initialParameters(CounterRandom random) {
    float[] weights = random.gaussians(in * out, Math.sqrt(2.0 / (in + out)));
    return List.of(
        new NamedArray(weightName(), new long[] {out, in}, weights),
        new NamedArray(biasName(), new long[] {out}, new float[out]));
  }

  /**
   * The layer's output, (…, out) float32.
   *
   * @param input (…, in) float32
   */
  public NDArray forward(Parameters parameters, NDArray input) {
    return Linear.linear(input, parameters.get(weightName()), parameters.get(biasName()))
        .singletonOrThrow();
  }

  /**
   * The slopes of a loss in the weights, G<sup>T</sup> · input, and in the biases, the column sums
   * of G: as one behind the other, (out · in) and (out) float32.
   *
   * @param input (n, in) float32, of the forward pass
   * @param slopes G, (n, out) float32: those in the layer's output
   */
  public NDList parameterSlopes(NDArray input, NDArray slopes) {
    NDArray ofWeights = slopes.transpose().matMul(input);
    return new NDList(ofWeights.flatten(), slopes.sum(new int[] {0}));
  }
}
