package io.towerbeam.ml.algebra;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Sparse rows over {@code columns} columns, and their products with dense matrices: (R, T) float64.
 *
 * @param rows R rows
 * @param columns T; every index in a row is below it
 */
record SparseMatrix(List<SparseVector> rows, int columns) {

  /** The transpose of this matrix, (T, R): as many numbers again. */
  SparseMatrix transposed() {
    int[] sizes = new int[columns];
    for (SparseVector row : rows) {
      for (int index : row.indexes()) {
        sizes[index]++;
      }
    }
    int[][] indexes = new int[columns][];
    double[][] values = new double[columns][];
    List<SparseVector> transposed = new ArrayList<>(columns);
    for (int column = 0; column < columns; column++) {
      indexes[column] = new int[sizes[column]];
      values[column] = new double[sizes[column]];
      transposed.add(new SparseVector(indexes[column], values[column]));
    }
    int[] filled = new int[columns];
    for (int r = 0; r < rows.size(); r++) {
      SparseVector row = rows.get(r);
      for (int i = 0; i < row.size(); i++) {
        int column = row.indexes()[i];
        int place = filled[column]++;
        indexes[column][place] = r;
        values[column][place] = row.values()[i];
      }
    }
    return new SparseMatrix(transposed, rows.size());
  }

  /** This matrix times {@code right}: (R, T) · (T, B) → (R, B). */
  DMatrixRMaj times(DMatrixRMaj right) {
    DMatrixRMaj product = new DMatrixRMaj(rows.size(), right.numCols);
    for (int r = 0; r < rows.size(); r++) {
      SparseVector row = rows.get(r);
      int column = 0;
      for (; column + 6 <= right.numCols; column += 6) {
        sixColumns(row, right, column, product.data, r * right.numCols);
      }
      for (; column < right.numCols; column++) {
        oneColumn(row, right, column, product.data, r * right.numCols);
      }
    }
    return product;
  }

  /** A row times some columns, so many that the sums stay in registers. */
  private static void sixColumns(
      SparseVector row, DMatrixRMaj right, int column, double[] product, int target) {
    int[] indexes = row.indexes();
    double[] values = row.values();
    double[] data = right.data;
    int width = right.numCols;
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double sum4 = 0;
    double sum5 = 0;
    for (int i = 0; i < indexes.length; i++) {
      double value = values[i];
      int at = indexes[i] * width + column;
      sum0 += value * data[at];
      sum1 += value * data[at + 1];
      sum2 += value * data[at + 2];
      sum3 += value * data[at + 3];
      sum4 += value * data[at + 4];
      sum5 += value * data[at + 5];
    }
    product[target + column] = sum0;
    product[target + column + 1] = sum1;
    product[target + column + 2] = sum2;
    product[target + column + 3] = sum3;
    product[target + column + 4] = sum4;
    product[target + column + 5] = sum5;
  }

  private static void oneColumn(
      SparseVector row, DMatrixRMaj right, int column, double[] product, int target) {
    int[] indexes = row.indexes();
    double[] values = row.values();
    double sum = 0;
    for (int i = 0; i < indexes.length; i++) {
      sum += values[i] * right.data[indexes[i] * right.numCols + column];
    }
    product[target + column] = sum;
  }
}
