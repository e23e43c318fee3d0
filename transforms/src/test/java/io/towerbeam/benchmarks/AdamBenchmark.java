package io.towerbeam.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.models.training.AdamOptimizer;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.models.training.TrainingThreads;
import io.towerbeam.ml.models.training.WeightDecay;
import io.towerbeam.ml.random.CounterRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One step of Adam with coupled weight decay over all parameters of the two-tower, in one array.
 */
@State(Scope.Thread)
public class AdamBenchmark {
  /** The user embedding and the item tower: 34 → 128 → 64 → 32 → 32 and its biases. */
  static final int PARAMETERS =
      Shapes.USERS * Shapes.DIM + 34 * 128 + 128 * 64 + 64 * 32 + 32 * 32 + 128 + 64 + 32 + 32;

  private NDManager manager;
  private NDArray parameters;
  private NDArray gradient;
  private AdamOptimizer optimizer;

  @Setup
  public void open() {
    Torch.useThreads(1);
    manager = Torch.newManager(Device.cpu());
    parameters = gaussians(.01);
    gradient = gaussians(1e-4);
    optimizer = AdamOptimizer.fresh(manager, PARAMETERS, WeightDecay.coupled(1e-3));
  }

  private NDArray gaussians(double deviation) {
    float[] values = CounterRandom.of(6).gaussians(PARAMETERS, deviation);
    return Torch.create(manager, values, new Shape(PARAMETERS));
  }

  @Benchmark
  public void step() {
    try (NDManager step = manager.newSubManager()) {
      parameters.tempAttach(step);
      gradient.tempAttach(step);
      optimizer.step(TrainingThreads.ONE, step, parameters, gradient, 5e-4);
    }
  }

  @TearDown
  public void close() {
    manager.close();
  }
}
