package io.towerbeam.ml.models.towers;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.towerbeam.benchmarks.Shapes;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.training.LossAndGradient;
import io.towerbeam.ml.models.training.ParameterSet;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.models.training.TrainingBatch;
import io.towerbeam.ml.models.training.TrainingThreads;
import io.towerbeam.ml.random.CounterRandom;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A training step of the two-tower without the optimiser: a batch's loss, and all slopes of it. */
@State(Scope.Thread)
public class TrainingStepBenchmark {
  private final int[] rows = Shapes.below(Shapes.INTERACTIONS, Shapes.BATCH, CounterRandom.of(12));
  private long step;
  private NDManager manager;
  private TwoTowerNetwork network;
  private ParameterSet parameters;

  @Setup
  public void open() {
    Torch.useThreads(1);
    manager = Torch.newManager(Device.cpu());
    network =
        new TwoTowerNetwork(
            manager,
            Shapes.interactions(),
            Shapes.gaussians(Shapes.ITEMS, Shapes.FEATURES),
            TwoTowerParameters.of(ParameterValues.of(new TwoTowerHybrid().parameters(), Map.of())),
            new TrainingThreads(1));
    parameters = new ParameterSet(manager, network.initialParameters(1));
  }

  @Benchmark
  public LossAndGradient lossAndSlopes() {
    try (NDManager part = manager.newSubManager()) {
      return network.lossAndGradient(parameters.lendTo(part), batch(part));
    }
  }

  private TrainingBatch batch(NDManager manager) {
    return new TrainingBatch(manager, rows, CounterRandom.of(13, step++));
  }

  @TearDown
  public void close() {
    manager.close();
  }
}
