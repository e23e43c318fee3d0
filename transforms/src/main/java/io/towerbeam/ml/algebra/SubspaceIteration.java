package io.towerbeam.ml.algebra;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * The strongest right singular vectors of a sparse matrix A by randomised block subspace iteration
 * on AᵀA, with a Rayleigh–Ritz step each time (Halko, Martinsson, Tropp 2011, algorithm 4.4; Saad,
 * Numerical Methods for Large Eigenvalue Problems, chapter 5).
 *
 * <p>A vector converges by the ratio of its singular value to the first one <em>outside</em> the
 * block, so the block is wider than what is asked for: the singular values of short titles lie
 * close together.
 */
final class SubspaceIteration {
  private static final int OVERSAMPLING = 16;
  private static final int MAX_ITERATIONS = 500;

  /** Length of AᵀA·v − λ·v, as a part of the greatest λ, at which v counts as found. */
  private static final double TOLERANCE = 1e-7;

  /** Singular values come from λ = σ², so below this part of the greatest they are rounding. */
  private static final double RANK_TOLERANCE = 1e-6;

  /** The start is random but always the same: what it is does not matter, once converged. */
  private static final long SEED = 42;

  private SubspaceIteration() {}

  /**
   * Directions of a matrix of rank r.
   *
   * @param vectors (T, at least r) orthonormal columns, strongest first
   * @param singularValues (min(C, r)) descending
   */
  record Directions(DMatrixRMaj vectors, double[] singularValues) {}

  /** The {@code count} strongest directions of {@code matrix}, fewer if its rank is lower. */
  static Directions strongest(SparseMatrix matrix, int count) {
    int smallerSide = Math.min(matrix.rows().size(), matrix.columns());
    int width = Math.min(count + OVERSAMPLING, smallerSide);
    if (width == 0) {
      return new Directions(new DMatrixRMaj(matrix.columns(), 0), new double[0]);
    }
    int wanted = Math.min(count, width);
    DMatrixRMaj basis = orthonormal(gaussian(matrix.columns(), width));
    SparseMatrix transposed = matrix.transposed();
    Ritz ritz = Ritz.of(matrix, transposed, basis);
    for (int i = 1; i < MAX_ITERATIONS && ritz.residual(wanted) > TOLERANCE; i++) {
      ritz = Ritz.of(matrix, transposed, orthonormal(ritz.images));
    }
    return new Directions(ritz.vectors, ritz.singularValues(wanted));
  }

  /** The best approximations of eigenvectors of AᵀA inside one subspace. */
  private static final class Ritz {
    final double[] values; // (B) λ, descending
    final DMatrixRMaj vectors; // (T, B) v
    final DMatrixRMaj images; // (T, B) AᵀA·v

    private Ritz(double[] values, DMatrixRMaj vectors, DMatrixRMaj images) {
      this.values = values;
      this.vectors = vectors;
      this.images = images;
    }

    static Ritz of(SparseMatrix matrix, SparseMatrix transposed, DMatrixRMaj basis) {
      DMatrixRMaj projected = matrix.times(basis);
      DMatrixRMaj gram = new DMatrixRMaj(basis.numCols, basis.numCols);
      CommonOps_DDRM.multInner(projected, gram);
      EigenDecomposition_F64<DMatrixRMaj> eigen =
          DecompositionFactory_DDRM.eig(basis.numCols, true, true);
      if (!eigen.decompose(gram)) {
        throw new IllegalStateException("eigenvalues of a " + basis.numCols + " square diverged");
      }
      int[] order = descending(eigen);
      DMatrixRMaj rotation = new DMatrixRMaj(basis.numCols, basis.numCols);
      double[] values = new double[basis.numCols];
      for (int c = 0; c < order.length; c++) {
        CommonOps_DDRM.insert(eigen.getEigenVector(order[c]), rotation, 0, c);
        values[c] = Math.max(0, eigen.getEigenvalue(order[c]).getReal());
      }
      DMatrixRMaj rotated = CommonOps_DDRM.mult(projected, rotation, null);
      return new Ritz(
          values, CommonOps_DDRM.mult(basis, rotation, null), transposed.times(rotated));
    }

    private static int[] descending(EigenDecomposition_F64<DMatrixRMaj> eigen) {
      return IntStream.range(0, eigen.getNumberOfEigenvalues())
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
          .mapToInt(Integer::intValue)
          .toArray();
    }

    /** The greatest length of AᵀA·v − λ·v over the first vectors, as a part of the greatest λ. */
    double residual(int count) {
      double greatest = 0;
      for (int c = 0; c < count; c++) {
        double squares = 0;
        for (int t = 0; t < vectors.numRows; t++) {
          double difference = images.get(t, c) - values[c] * vectors.get(t, c);
          squares += difference * difference;
        }
        greatest = Math.max(greatest, squares);
      }
      return values[0] == 0 ? 0 : Math.sqrt(greatest) / values[0];
    }

    double[] singularValues(int count) {
      double negligible = RANK_TOLERANCE * Math.sqrt(values[0]);
      return IntStream.range(0, count)
          .mapToDouble(c -> Math.sqrt(values[c]))
          .takeWhile(value -> value > negligible)
          .toArray();
    }
  }

  private static DMatrixRMaj gaussian(int rows, int columns) {
    Random random = new Random(SEED);
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    for (int i = 0; i < matrix.getNumElements(); i++) {
      matrix.data[i] = random.nextGaussian();
    }
    return matrix;
  }

  /** An orthonormal basis of a subspace that holds the columns, as many columns. */
  private static DMatrixRMaj orthonormal(DMatrixRMaj columns) {
    QRDecomposition<DMatrixRMaj> qr =
        DecompositionFactory_DDRM.qr(columns.numRows, columns.numCols);
    if (!qr.decompose(columns)) {
      throw new IllegalStateException("QR of a block with a number that is not finite");
    }
    return qr.getQ(null, true);
  }
}
