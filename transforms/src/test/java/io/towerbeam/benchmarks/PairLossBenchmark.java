package io.towerbeam.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.models.training.PairLoss;
import io.towerbeam.ml.models.training.Torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The cross-entropy of a batch's scores, (2048, 5), and its slopes. */
@State(Scope.Thread)
public class PairLossBenchmark {
  private NDManager manager;
  private NDArray scores;

  @Setup
  public void open() {
    Torch.useThreads(1);
    manager = Torch.newManager(Device.cpu());
    scores =
        Torch.create(
            manager,
            Shapes.gaussians(Shapes.BATCH, 1 + Shapes.NEGATIVES).values(),
            new Shape(Shapes.BATCH, 1 + Shapes.NEGATIVES));
  }

  @Benchmark
  public float crossEntropyAndItsSlopes() {
    try (NDManager step = manager.newSubManager()) {
      scores.tempAttach(step);
      PairLoss.BCE.slopes(scores);
      return PairLoss.BCE.of(scores).getFloat();
    }
  }

  @TearDown
  public void close() {
    manager.close();
  }
}
