package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;

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
  private static final float BETA1 = .9f;
  private static final float BETA2 = .999f;
  private static final double EPSILON = 1e-8;

  /**
   * Below this a slope is taken for 0: it would move its parameter by less than 10⁻⁸ of the
   * learning rate. The parameters that nothing but weight decay moves shrink for ever, and with
   * numbers too small for float32's normal range a step takes twice as long.
   */
  private static final double LEAST_SLOPE = 1e-16;

  /**
   * Below this a parameter is taken for 0, so that decay gives no slopes whose squares are lost.
   */
  private static final double LEAST_PARAMETER = 1e-13;

  /** Added to the variance, for the same reason; its root is lost beside ε. */
  private static final double LEAST_SQUARE = 1e-33;

  /** Steps from one such clearance to the next: a mean takes some 500 to shrink that far. */
  private static final int CLEARED_EVERY = 64;

  private static final float NOT_CLIPPED = -1;
  private static final float NOT_SCALED = 1;

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
   * @param threads each moves its share of them
   * @param manager owns what is computed on the way
   * @param parameters (P) float32
   * @param gradient (P) float32
   */
  public void step(
      TrainingThreads threads,
      NDManager manager,
      NDArray parameters,
      NDArray gradient,
      double learningRate) {
    if (step % CLEARED_EVERY == 0) {
      clear(manager, parameters);
    }
    step++;
    mean.tempAttach(manager);
    variance.tempAttach(manager);
    long[] bounds = threads.bounds(Math.toIntExact(parameters.size()));
    List<NDList> parts =
        Stream.of(parameters, gradient, mean, variance).map(array -> array.split(bounds)).toList();
    threads.forEach(
        share ->
            move(new NDList(parts.stream().map(part -> part.get(share)).toList()), learningRate));
  }

  /**
   * One call for what would be twenty: θ ← θ − η' · m / (√v + ε'), with the corrections of m̂ and
   * v̂ in η' and ε'.
   *
   * @param part of the parameters, the gradient and the two moments
   */
  private void move(NDList part, double learningRate) {
    double meanCorrection = 1 - Math.pow(BETA1, step);
    double rootCorrection = Math.sqrt(1 - Math.pow(BETA2, step));
    NDArray parameters = part.get(0);
    parameters
        .getNDArrayInternal()
        .adamUpdate(
            part,
            new NDList(parameters),
            (float) learningRate,
            (float) (learningRate * rootCorrection / meanCorrection),
            (float) decay.rate(),
            NOT_SCALED,
            NOT_CLIPPED,
            BETA1,
            BETA2,
            (float) (EPSILON * rootCorrection),
            false,
            decay.isDecoupled());
  }

  /** Sets what is next to nothing to 0, or a little above it. */
  private void clear(NDManager manager, NDArray parameters) {
    try (NDManager cleared = manager.newSubManager()) {
      mean.tempAttach(cleared);
      variance.tempAttach(cleared);
      parameters.tempAttach(cleared);
      withoutTraces(mean, LEAST_SLOPE);
      withoutTraces(parameters, LEAST_PARAMETER);
      variance.addi(LEAST_SQUARE);
    }
  }

  private static void withoutTraces(NDArray values, double least) {
    values.muli(values.abs().gte(least));
  }
}
