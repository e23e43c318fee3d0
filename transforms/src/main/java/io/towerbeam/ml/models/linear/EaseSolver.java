package io.towerbeam.ml.models.linear;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.sparse.CoOccurrences;
import io.towerbeam.ml.models.training.Torch;
import java.util.Arrays;

/**
 * Inverts XᵀX + λ·1 in float64 and makes the weights of it, which are the same for the same number
 * of threads. What goes to libtorch and comes back does so in blocks of rows: the matrix is never
 * on the heap.
 */
final class EaseSolver {
  private static final int BLOCK_CELLS = 1 << 20;

  private final InteractionMatrix binary;
  private final double lambda;
  private final int items;
  private final int blockRows;

  EaseSolver(InteractionMatrix binary, double lambda) {
    this.binary = binary;
    this.lambda = lambda;
    items = binary.itemCount();
    blockRows = Math.max(1, BLOCK_CELLS / items);
  }

  /**
   * The weights B, (I, I) row-major float32, with a zero diagonal.
   *
   * @param byRow whether −P_ij is divided by P_ii rather than P_jj
   * @param threads threads of libtorch
   * @throws ModelFitException if the matrix is singular
   */
  float[] solve(boolean byRow, int threads) throws ModelFitException {
    Torch.useThreads(threads);
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray matrix = manager.zeros(new Shape(items, items), DataType.FLOAT64);
      double gramNorm = fill(matrix);
      invert(matrix);
      double[] diagonal = matrix.reshape(-1).get(new NDIndex("::{}", items + 1)).toDoubleArray();
      float[] weights = new float[items * items];
      double inverseNorm = divide(matrix, diagonal, byRow, weights);
      boolean isPositive = Arrays.stream(diagonal).allMatch(p -> p > 0);
      double condition = 1 / (gramNorm * inverseNorm);
      if (!isPositive || !(condition > items * Math.ulp(1.0))) { // not a digit is left in float64
        throw singular(null);
      }
      return weights;
    }
  }

  private void invert(NDArray matrix) throws ModelFitException {
    try {
      SymmetricInverse.invert(matrix);
    } catch (EngineException e) {
      if (String.valueOf(e.getMessage()).contains("singular")) {
        throw singular(e);
      }
      throw e; // such as too little memory
    }
  }

  private ModelFitException singular(EngineException cause) {
    return new ModelFitException(
        "X'X + lambda*I is singular with lambda=%s: raise lambda".formatted(lambda), cause);
  }

  /** Writes XᵀX + λ·1 and gives its norm, the largest sum of a row's magnitudes. */
  private double fill(NDArray gram) {
    CoOccurrences shared = new CoOccurrences(binary);
    double[] ones = new double[binary.userCount()];
    Arrays.fill(ones, 1);
    double norm = 0;
    double[] row = new double[items];
    for (int from = 0; from < items; from += blockRows) {
      int to = Math.min(from + blockRows, items);
      double[] block = new double[(to - from) * items];
      for (int item = from; item < to; item++) {
        Arrays.fill(row, 0);
        shared.addRow(item, ones, row);
        row[item] += lambda;
        norm = Math.max(norm, sum(row));
        System.arraycopy(row, 0, block, (item - from) * items, items);
      }
      try (NDManager call = gram.getManager().newSubManager()) {
        gram.set(new NDIndex("{}:{}", from, to), call.create(block, new Shape(to - from, items)));
      }
    }
    return norm;
  }

  /** Writes the weights that an inverse P makes, and gives P's norm. */
  private double divide(NDArray inverse, double[] diagonal, boolean byRow, float[] weights) {
    double norm = 0;
    for (int from = 0; from < items; from += blockRows) {
      double[] block = rows(inverse, from, Math.min(from + blockRows, items));
      for (int item = from; item < from + block.length / items; item++) {
        double sum = 0;
        for (int other = 0; other < items; other++) {
          double p = block[(item - from) * items + other];
          sum += Math.abs(p);
          weights[item * items + other] = (float) (-p / diagonal[byRow ? item : other]);
        }
        weights[item * items + item] = 0;
        norm = Math.max(norm, sum);
      }
    }
    return norm;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double[] rows(NDArray matrix, int from, int to) {
    try (NDArray rows = matrix.get(new NDIndex("{}:{}", from, to))) {
      return rows.toDoubleArray();
    }
  }
}
