package io.towerbeam.ml.algebra;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Sparse rows over {@code columns} columns, and their products with dense matrices: (R, T) float64.
 *
 * @param rows R rows
 * @param columns T; every index in a row is below it
 */
record SparseMatrix(List<SparseVector> rows, int columns) {

  /** This matrix times {@code right}: (R, T) · (T, B) → (R, B). */
  DMatrixRMaj times(DMatrixRMaj right) {
    DMatrixRMaj product = new DMatrixRMaj(rows.size(), right.numCols);
    for (int r = 0; r < rows.size(); r++) {
      SparseVector row = rows.get(r);
      for (int i = 0; i < row.size(); i++) {
        addRow(row.values()[i], right, row.indexes()[i], product, r);
      }
    }
    return product;
  }

  /** The transpose of this matrix times {@code right}: (T, R) · (R, B) → (T, B). */
  DMatrixRMaj transposeTimes(DMatrixRMaj right) {
    DMatrixRMaj product = new DMatrixRMaj(columns, right.numCols);
    for (int r = 0; r < rows.size(); r++) {
      SparseVector row = rows.get(r);
      for (int i = 0; i < row.size(); i++) {
        addRow(row.values()[i], right, r, product, row.indexes()[i]);
      }
    }
    return product;
  }

  /** Adds {@code factor} times a row of {@code from} to a row of {@code to}. */
  private static void addRow(
      double factor, DMatrixRMaj from, int fromRow, DMatrixRMaj to, int toRow) {
    int width = from.numCols;
    int source = fromRow * width;
    int target = toRow * width;
    for (int c = 0; c < width; c++) {
      to.data[target + c] += factor * from.data[source + c];
    }
  }
}
