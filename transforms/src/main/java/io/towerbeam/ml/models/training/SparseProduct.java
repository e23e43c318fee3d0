package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The product of a matrix that has few values with one that has them all: what sums rows by index,
 * on the CPU and on a GPU, where DJL has no addition by index.
 */
public final class SparseProduct {
  private SparseProduct() {}

  /**
   * Row i of the product is the sum of value k times row c<sub>k</sub> of {@code factor}, over the
   * k with r<sub>k</sub> = i: (rows, D) float32.
   *
   * @param places (2, n) int64: the r<sub>k</sub>, and below them the c<sub>k</sub>
   * @param values (n) float32
   * @param rows how many rows the product has
   * @param factor (m, D) float32
   */
  public static NDArray of(NDArray places, NDArray values, long rows, NDArray factor) {
    Shape shape = new Shape(rows, factor.getShape().get(0));
    return JniUtils.createSparseCoo((PtNDArray) places, (PtNDArray) values, shape).matMul(factor);
  }
}
