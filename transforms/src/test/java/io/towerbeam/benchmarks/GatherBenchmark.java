package io.towerbeam.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.models.training.EmbeddingTable;
import io.towerbeam.ml.models.training.HostBuffer;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.random.CounterRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Rows of item tables by index, as a training step takes them. */
@State(Scope.Thread)
public class GatherBenchmark {
  private final HostBuffer indexes = new HostBuffer();
  private final CounterRandom random = CounterRandom.of(5);
  private final int[] items = Shapes.below(Shapes.ITEMS, Shapes.BATCH_ITEMS, random);
  private NDManager manager;
  private NDArray features;

  @Setup
  public void open() {
    Torch.useThreads(1);
    manager = Torch.newManager(Device.cpu());
    features = matrix(Shapes.ITEMS, Shapes.FEATURES);
  }

  private NDArray matrix(int rows, int columns) {
    return Torch.create(
        manager, Shapes.gaussians(rows, columns).values(), new Shape(rows, columns));
  }

  /** The features of a batch's items, (3392, 34). */
  @Benchmark
  public void featuresOfItems() {
    try (NDManager step = manager.newSubManager()) {
      features.tempAttach(step);
      EmbeddingTable.gather(features, indexes.indexes(step, items, items.length));
    }
  }

  @TearDown
  public void close() {
    manager.close();
  }
}
