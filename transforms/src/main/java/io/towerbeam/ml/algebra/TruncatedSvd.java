package io.towerbeam.ml.algebra;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The C strongest directions of a matrix of T columns, and the projection of rows on them.
 *
 * <p>A component is unique up to its sign, which is chosen so that its entry of greatest magnitude
 * is positive. Where the matrix has fewer than C directions the last components and singular values
 * are zero, so that there are always C columns. Safe for use by many threads.
 */
public final class TruncatedSvd {
  private final DMatrixRMaj termVectors;
  private final double[] singularValues;

  /** {@code termVectors} is (T, C): what a term adds to each column stands in one place. */
  private TruncatedSvd(DMatrixRMaj termVectors, double[] singularValues) {
    this.termVectors = termVectors;
    this.singularValues = singularValues;
  }

  /**
   * The decomposition of a sparse matrix, the same for the same rows. Holds (2·R + 6·T) × (C + 16)
   * float64 and a transposed copy beside the rows.
   *
   * @param rows R rows of T columns; none, or rows of zeros, give components of zeros
   * @param columns T
   * @param components C, at least 1
   */
  public static TruncatedSvd fit(List<SparseVector> rows, int columns, int components) {
    SubspaceIteration.Directions found =
        SubspaceIteration.strongest(new SparseMatrix(rows, columns), components);
    DMatrixRMaj termVectors = new DMatrixRMaj(columns, components);
    double[] singularValues = new double[components];
    for (int c = 0; c < found.singularValues().length; c++) {
      double sign = signOf(found.vectors(), c);
      for (int t = 0; t < columns; t++) {
        termVectors.set(t, c, sign * found.vectors().get(t, c));
      }
      singularValues[c] = found.singularValues()[c];
    }
    return new TruncatedSvd(termVectors, singularValues);
  }

  /**
   * A decomposition that was made before.
   *
   * @param components (C, T) row-major right singular vectors
   * @param singularValues (C)
   * @throws IllegalArgumentException if the first is no multiple of the second's length
   */
  public static TruncatedSvd of(double[] components, int columns, double[] singularValues) {
    int rank = singularValues.length;
    if (components.length != (long) rank * columns) {
      throw new IllegalArgumentException(
          "%d values do not make %d components of %d columns"
              .formatted(components.length, rank, columns));
    }
    DMatrixRMaj termVectors = new DMatrixRMaj(columns, rank);
    for (int c = 0; c < rank; c++) {
      for (int t = 0; t < columns; t++) {
        termVectors.set(t, c, components[c * columns + t]);
      }
    }
    return new TruncatedSvd(termVectors, singularValues.clone());
  }

  /** The right singular vectors, (C, T) float64 row-major. */
  public double[] components() {
    double[] components = new double[termVectors.getNumElements()];
    int columns = termVectors.numRows;
    for (int c = 0; c < termVectors.numCols; c++) {
      for (int t = 0; t < columns; t++) {
        components[c * columns + t] = termVectors.get(t, c);
      }
    }
    return components;
  }

  /** The (C) singular values, descending. */
  public double[] singularValues() {
    return singularValues.clone();
  }

  /** The coordinates of a row along the components, (C) float64. */
  public double[] project(SparseVector row) {
    double[] coordinates = new double[singularValues.length];
    for (int i = 0; i < row.size(); i++) {
      int from = row.indexes()[i] * coordinates.length;
      for (int c = 0; c < coordinates.length; c++) {
        coordinates[c] += row.values()[i] * termVectors.data[from + c];
      }
    }
    return coordinates;
  }

  private static double signOf(DMatrixRMaj vectors, int column) {
    double greatest = 0;
    for (int t = 0; t < vectors.numRows; t++) {
      double entry = vectors.get(t, column);
      if (Math.abs(entry) > Math.abs(greatest)) {
        greatest = entry;
      }
    }
    return Math.signum(greatest);
  }
}
