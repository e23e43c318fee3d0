package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.towerbeam.ml.random.CounterRandom;

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

  /** Rows of {@code table} by index: the one gather whose backward pass is fast in DJL. */
  public static NDArray gather(NDArray table, NDArray indexes) {
    return Embedding.embedding(indexes, table, SparseFormat.DENSE).singletonOrThrow();
  }
}
