package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.towerbeam.ml.random.CounterRandom;
import java.util.Arrays;

/**
 * A learnt vector for each of some things that are numbered from 0.
 *
 * @param name what its array, (rows, dim) float32, is called
 * @param rows how many things there are
 * @param dim coordinates of a vector
 */
public record EmbeddingTable(String name, int rows, int dim) {
  private static final double DEVIATION = .01;

  /** Vectors of N(0, .01²). */
  public NamedArray initialParameters(CounterRandom random) {
    return new NamedArray(
        name, new long[] {rows, dim}, random.gaussians(Math.multiplyExact(rows, dim), DEVIATION));
  }

  /**
   * The vectors of {@code indexes}, (…, dim) float32.
   *
   * @param indexes (…) int64
   */
  public NDArray forward(Parameters parameters, NDArray indexes) {
    return gather(parameters.get(name), indexes);
  }

  /**
   * The slopes of a loss in the whole table, (rows, dim) float32, from those in the vectors of n of
   * its rows.
   *
   * @param memory for the places of the rows
   * @param indexes (n) of the rows; a row that is there more than once gets the sum
   * @param slopes (n, dim) float32
   */
  public NDArray slopes(HostBuffer memory, int[] indexes, NDArray slopes) {
    int count = indexes.length;
    int[] places = Arrays.copyOf(indexes, 2 * count);
    for (int i = 0; i < count; i++) {
      places[count + i] = i;
    }
    NDManager manager = slopes.getManager();
    return SparseProduct.of(
        memory.indexes(manager, places, 2, count), manager.ones(new Shape(count)), rows, slopes);
  }

  /** Rows of {@code table} by index: the one gather whose backward pass is fast in DJL. */
  public static NDArray gather(NDArray table, NDArray indexes) {
    return Embedding.embedding(indexes, table, SparseFormat.DENSE).singletonOrThrow();
  }
}
