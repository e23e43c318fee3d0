package io.towerbeam.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.models.training.Torch;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The limits of training and of scoring: the matrix products alone, on one thread, by the libtorch
 * that models use.
 */
@State(Scope.Thread)
public class MatrixProductsBenchmark {
  private static final int[] WIDTHS = {Shapes.FEATURES, 128, 64, 32, Shapes.DIM};

  private final List<NDArray[]> products = new ArrayList<>();
  private NDManager manager;
  private NDArray users;
  private NDArray items;

  @Setup
  public void open() {
    Torch.useThreads(1);
    manager = Torch.newManager(Device.cpu());
    for (int layer = 1; layer < WIDTHS.length; layer++) {
      NDArray inputs = matrix(Shapes.BATCH_ITEMS, WIDTHS[layer - 1]);
      NDArray weights = matrix(WIDTHS[layer], WIDTHS[layer - 1]);
      NDArray slopes = matrix(Shapes.BATCH_ITEMS, WIDTHS[layer]);
      products.add(new NDArray[] {inputs, weights.transpose()});
      products.add(new NDArray[] {slopes.transpose(), inputs});
      if (layer > 1) {
        products.add(new NDArray[] {slopes, weights});
      }
    }
    users = matrix(256, Shapes.DIM);
    items = matrix(Shapes.ITEMS, Shapes.DIM).transpose();
  }

  private NDArray matrix(int rows, int columns) {
    return Torch.create(
        manager, Shapes.gaussians(rows, columns).values(), new Shape(rows, columns));
  }

  /**
   * Those of the item tower in one step, forward and backward: a layer's outputs, the slopes of its
   * weights and, but for the first layer, of its inputs.
   */
  @Benchmark
  public void ofOneStep() {
    for (NDArray[] factors : products) {
      factors[0].matMul(factors[1]).close();
    }
  }

  /** (5392, 32) · (32, 3662), in batches of 256 users. */
  @Benchmark
  public void scoresOfAllUsers() {
    for (int from = 0; from < Shapes.USERS; from += 256) {
      users.matMul(items).close();
    }
  }

  @TearDown
  public void close() {
    manager.close();
  }
}
