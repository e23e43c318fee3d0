package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam, with weight decay coupled to the gradient (g ← g + λθ), whose moments can be saved and put
 * back, so that a training goes on as if it had never stopped. β₁ = .9, β₂ = .999, ε = 10⁻⁸.
 *
 * <p>Holds two float32 values per parameter. Not thread-safe. Source: Kingma and Ba, "Adam" (ICLR
 * 2015), algorithm 1; the coupled decay is that of {@code torch.optim.Adam}.
 */
public final class AdamOptimizer {
  private static final double BETA1 = .9;
  private static final double BETA2 = .999;
  private static final double EPSILON = 1e-8;
  private static final String MEAN = "adam.mean.";
  private static final String VARIANCE = "adam.variance.";

  private final List<NDArray> means = new ArrayList<>();
  private final List<NDArray> variances = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final float weightDecay;
  private long step;

  private AdamOptimizer(double weightDecay, long step) {
    this.weightDecay = (float) weightDecay;
    this.step = step;
  }

  /** An optimiser before its first step: moments of zero for arrays like {@code parameters}. */
  public static AdamOptimizer fresh(
      NDManager manager, List<NamedArray> parameters, double weightDecay) {
    AdamOptimizer optimizer = new AdamOptimizer(weightDecay, 0);
    for (NamedArray parameter : parameters) {
      optimizer.names.add(parameter.name());
      optimizer.means.add(manager.zeros(new Shape(parameter.shape())));
      optimizer.variances.add(manager.zeros(new Shape(parameter.shape())));
    }
    return optimizer;
  }

  /** An optimiser after {@code step} steps, with the moments that {@link #moments} gave then. */
  public static AdamOptimizer restored(
      NDManager manager, List<NamedArray> moments, double weightDecay, long step) {
    AdamOptimizer optimizer = new AdamOptimizer(weightDecay, step);
    for (NamedArray moment : moments) {
      NDArray array = manager.create(moment.values(), new Shape(moment.shape()));
      if (moment.name().startsWith(MEAN)) {
        optimizer.names.add(moment.name().substring(MEAN.length()));
        optimizer.means.add(array);
      } else {
        optimizer.variances.add(array);
      }
    }
    return optimizer;
  }

  /** Whether an array of that name is one of the moments. */
  static boolean isMoment(String name) {
    return name.startsWith(MEAN) || name.startsWith(VARIANCE);
  }

  /** Copies of the moments, named after their parameters. */
  public List<NamedArray> moments() {
    List<NamedArray> moments = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      moments.add(copy(MEAN + names.get(i), means.get(i)));
      moments.add(copy(VARIANCE + names.get(i), variances.get(i)));
    }
    return moments;
  }

  private static NamedArray copy(String name, NDArray array) {
    return new NamedArray(name, array.getShape().getShape(), array.toFloatArray());
  }

  /** Moves each parameter by its gradient, in place, and sets the gradient to zero. */
  public void step(ParameterSet parameters, double learningRate) {
    step++;
    double correction1 = 1 - Math.pow(BETA1, step);
    double correction2 = Math.sqrt(1 - Math.pow(BETA2, step));
    int i = 0;
    for (NDArray parameter : parameters.arrays()) {
      try (NDArray gradient = parameter.getGradient()) {
        NDList state = new NDList(parameter, gradient, means.get(i), variances.get(i));
        // θ -= rate · m / (√v + ε), and both rate and ε take up the corrections of m and v.
        parameter
            .getNDArrayInternal()
            .adamUpdate(
                state,
                new NDList(parameter),
                (float) learningRate,
                (float) (learningRate * correction2 / correction1),
                weightDecay,
                1, // gradients are taken as they are:
                -1, // neither scaled nor clipped
                (float) BETA1,
                (float) BETA2,
                (float) (EPSILON * correction2),
                false,
                false);
      }
      i++;
    }
  }
}
