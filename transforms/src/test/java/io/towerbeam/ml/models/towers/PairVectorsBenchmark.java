package io.towerbeam.ml.models.towers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.benchmarks.Shapes;
import io.towerbeam.ml.models.training.HostBuffer;
import io.towerbeam.ml.models.training.PairLoss;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.models.training.TrainingThreads.Rows;
import io.towerbeam.ml.random.CounterRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From the vectors of a batch, (2048, 32) and (3392, 32), to the cosines of its pairs and back. */
@State(Scope.Thread)
public class PairVectorsBenchmark {
  private final int[] slots =
      Shapes.below(Shapes.BATCH_ITEMS, Shapes.BATCH * (1 + Shapes.NEGATIVES), CounterRandom.of(5));
  private final PairCosines cosines = new PairCosines(Shapes.DIM, PairLoss.BCE, 1);
  private final Rows allUsers = new Rows(0, Shapes.BATCH);
  private final Rows allItems = new Rows(0, Shapes.BATCH_ITEMS);
  private final HostBuffer ofItems = new HostBuffer();
  private NDManager manager;
  private NDArray users;
  private NDArray items;

  @Setup
  public void open() {
    Torch.useThreads(1);
    manager = Torch.newManager(Device.cpu());
    cosines.users().resize(Shapes.BATCH);
    cosines.items().resize(Shapes.BATCH_ITEMS);
    users = matrix(Shapes.BATCH);
    items = matrix(Shapes.BATCH_ITEMS);
  }

  private NDArray matrix(int rows) {
    return Torch.create(
        manager, Shapes.gaussians(rows, Shapes.DIM).values(), new Shape(rows, Shapes.DIM));
  }

  /** Lengths of one, cosines, their cross-entropy, and its slopes in the vectors. */
  @Benchmark
  public double lossAndSlopesInTheVectors() {
    try (NDManager step = manager.newSubManager()) {
      cosines.users().take(allUsers, users);
      cosines.items().take(allItems, items);
      double loss = cosines.loss(allUsers, 1 + Shapes.NEGATIVES, slots, 0);
      cosines.users().turnSlopes(allUsers);
      cosines.items().turnSlopes(allItems);
      ofItems.floats(step, cosines.items().slopes(0), 0, Shapes.BATCH_ITEMS, Shapes.DIM);
      return loss;
    }
  }

  @TearDown
  public void close() {
    manager.close();
  }
}
