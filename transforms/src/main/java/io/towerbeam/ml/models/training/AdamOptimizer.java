package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Adam, with weight decay coupled to the gradient (g ← g + λθ) or beside it (θ ← (1 − ηλ)θ, AdamW),
 * whose moments can be saved and put back, so that a training goes on as if it had never stopped.
 * β₁ = .9, β₂ = .999, ε = 10⁻⁸.
 *
 * <p>Holds two float32 values per parameter. Not thread-safe. Source: Kingma and Ba, "Adam" (ICLR
 * 2015), algorithm 1; the coupled decay is that of {@code torch.optim.Adam}, the other that of
 * {@code torch.optim.AdamW}.
 */
public final class AdamOptimizer {
  private static final double BETA1 = .9;
  private static final double BETA2 = .999;
  private static final double EPSILON = 1e-8;

  /**
   * Below this a slope is taken for 0: it would move its parameter by less than 10⁻⁸ of the
   * learning rate. The parameters that nothing but weight decay moves shrink for ever, and with
   * numbers too small for float32's normal range a step takes twice as long.
   */
  private static final double LEAST_SLOPE = 1e-16;

  /** Added to the variance at each step, for the same reason; its root is lost beside ε. */
  private static final double LEAST_SQUARE = 1e-35;

  private static final String MEAN = "adam.mean";
  private static final String VARIANCE = "adam.variance";

  private final NDArray mean;
  private final NDArray variance;
  private final WeightDecay decay;
  private long step;

  private AdamOptimizer(NDArray mean, NDArray variance, WeightDecay decay, long step) {
    this.mean = mean;
    this.variance = variance;
    this.decay = decay;
    this.step = step;
  }

  /** An optimiser of P = {@code size} parameters before its first step: its moments are zero. */
  public static AdamOptimizer fresh(NDManager manager, long size, WeightDecay decay) {
    Shape shape = new Shape(size);
    return new AdamOptimizer(manager.zeros(shape), manager.zeros(shape), decay, 0);
  }

  /** An optimiser after {@code step} steps, with the moments that {@link #moments} gave then. */
  public static AdamOptimizer restored(
      NDManager manager, List<NamedArray> moments, WeightDecay decay, long step) {
    return new AdamOptimizer(
        manager.create(moments.get(0).values()),
        manager.create(moments.get(1).values()),
        decay,
        step);
  }

  /** Whether an array of that name is one of the moments. */
  static boolean isMoment(String name) {
    return name.equals(MEAN) || name.equals(VARIANCE);
  }

  /** Copies of the two moments, (P) float32 each. */
  public List<NamedArray> moments() {
    long[] shape = mean.getShape().getShape();
    return List.of(
        new NamedArray(MEAN, shape, mean.toFloatArray()),
        new NamedArray(VARIANCE, shape, variance.toFloatArray()));
  }

  /**
   * Moves the parameters by their gradient, in place.
   *
   * @param manager owns what is computed on the way
   * @param parameters (P) float32
   * @param gradient (P) float32; written to
   */
  public void step(NDManager manager, NDArray parameters, NDArray gradient, double learningRate) {
    step++;
    double meanCorrection = 1 - Math.pow(BETA1, step);
    double rootCorrection = Math.sqrt(1 - Math.pow(BETA2, step));
    mean.tempAttach(manager);
    variance.tempAttach(manager);

    if (decay.isDecoupled()) {
      parameters.muli(1 - learningRate * decay.rate());
    } else {
      gradient.addi(parameters.mul(decay.rate()));
    }
    NDArray slope = withoutTraces(gradient);
    withoutTraces(mean.muli(BETA1).addi(slope.mul(1 - BETA1)));
    variance.muli(BETA2).addi(slope.square().muli(1 - BETA2)).addi(LEAST_SQUARE);
    NDArray root = variance.sqrt().muli(1 / rootCorrection).addi(EPSILON);
    parameters.subi(mean.div(root).muli(learningRate / meanCorrection));
  }

  /** Sets slopes that are next to nothing to 0, in place. */
  private static NDArray withoutTraces(NDArray slopes) {
    return slopes.muli(slopes.abs().gte(LEAST_SLOPE));
  }
}
