package io.towerbeam.ml.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseMatrixTest {
  private static final SparseMatrix MATRIX =
      new SparseMatrix(
          List.of(
              new SparseVector(new int[] {2, 0}, new double[] {.1, 3}),
              new SparseVector(new int[0], new double[0]),
              new SparseVector(new int[] {0, 1, 2}, new double[] {-1, .7, 1e-3})),
          3);
  private static final double[][] DENSE = {{3, 0, .1}, {0, 0, 0}, {-1, .7, 1e-3}};

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 6, 7, 13})
  void aProductIsThatOfTheDenseMatrix(int width) {
    DMatrixRMaj right = right(width);
    DMatrixRMaj product = MATRIX.times(right);
    DMatrixRMaj transposed = MATRIX.transposed().times(right);
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < width; c++) {
        double sum = 0;
        double transposedSum = 0;
        for (int t = 0; t < 3; t++) {
          sum += DENSE[r][t] * right.get(t, c);
          transposedSum += DENSE[t][r] * right.get(t, c);
        }
        assertThat(Math.abs(product.get(r, c) - sum)).isLessThan(1e-14);
        assertThat(Math.abs(transposed.get(r, c) - transposedSum)).isLessThan(1e-14);
      }
    }
  }

  private static DMatrixRMaj right(int width) {
    DMatrixRMaj right = new DMatrixRMaj(3, width);
    for (int i = 0; i < right.getNumElements(); i++) {
      right.data[i] = Math.sin(i + 1);
    }
    return right;
  }
}
