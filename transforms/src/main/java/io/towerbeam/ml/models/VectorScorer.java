package io.towerbeam.ml.models;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.models.training.Torch;

/**
 * Scores by the products of user vectors with the vectors of all items, of which it holds a copy in
 * libtorch's memory until it is closed. Safe for use by many threads.
 */
public final class VectorScorer implements AutoCloseable {
  private final int items;
  private final NDManager manager = Torch.newManager(Device.cpu());
  private final NDArray itemColumns;

  /**
   * @param items (I, D) float32
   */
  public VectorScorer(FloatMatrix items) {
    this.items = items.rows();
    itemColumns = tensor(manager, items).transpose();
  }

  /** The scores of users with these vectors, (B, D) to (B, I) float32; none for no users. */
  public FloatMatrix score(FloatMatrix users) {
    if (users.rows() == 0) {
      return new FloatMatrix(0, items, new float[0]);
    }
    // Scores must not differ by the threads that a machine has; callers spread users over threads.
    Torch.useThreads(1);
    try (NDManager call = manager.newSubManager()) {
      NDArray scores = tensor(call, users).matMul(itemColumns);
      return new FloatMatrix(users.rows(), items, scores.toFloatArray());
    }
  }

  private static NDArray tensor(NDManager owner, FloatMatrix matrix) {
    return Torch.create(owner, matrix.values(), new Shape(matrix.rows(), matrix.columns()));
  }

  @Override
  public void close() {
    manager.close();
  }
}
