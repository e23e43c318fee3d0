package io.towerbeam.ml.models.ncf;

import io.towerbeam.ml.models.training.NamedArray;
import java.util.List;

/** The score of one pair from the formula, in double precision and without a library. */
final class PlainScore {
  private final List<NamedArray> parameters;

  PlainScore(List<NamedArray> parameters) {
    this.parameters = parameters;
  }

  double of(int user, int item) {
    double[] userRow = row("user_embedding", user);
    double[] itemRow = row("item_embedding", item);
    int dim = userRow.length / 2;
    double[] sideBySide = new double[2 * dim];
    double[] last = new double[2 * dim];
    for (int d = 0; d < dim; d++) {
      last[d] = userRow[d] * itemRow[d];
      sideBySide[d] = userRow[dim + d];
      sideBySide[dim + d] = itemRow[dim + d];
    }
    double[] narrow = relu(layer("mlp.1", relu(layer("mlp.0", sideBySide))));
    System.arraycopy(narrow, 0, last, dim, dim);
    return layer("output", last)[0];
  }

  private double[] layer(String name, double[] input) {
    double[] output = row(name + ".bias", 0);
    for (int o = 0; o < output.length; o++) {
      double[] weights = row(name + ".weight", o);
      for (int i = 0; i < input.length; i++) {
        output[o] += weights[i] * input[i];
      }
    }
    return output;
  }

  private static double[] relu(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(values[i], 0);
    }
    return values;
  }

  private double[] row(String name, int row) {
    NamedArray array =
        parameters.stream().filter(found -> found.name().equals(name)).findFirst().orElseThrow();
    int columns = (int) array.shape()[array.shape().length - 1];
    double[] values = new double[columns];
    for (int i = 0; i < columns; i++) {
      values[i] = array.values()[row * columns + i];
    }
    return values;
  }
}
