package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * The arrays of a {@link ParameterSet} by name, for one pass of a network. Not thread-safe.
 *
 * @param names their names
 * @param arrays the arrays, aligned with the names
 */
public record Parameters(List<String> names, List<NDArray> arrays) {
  /**
   * The array of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public NDArray get(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("no parameter %s: there are %s".formatted(name, names));
    }
    return arrays.get(index);
  }

  /** Lets the arrays gather gradients from now on. */
  public Parameters requireGradients() {
    arrays.forEach(array -> array.setRequiresGradient(true));
    return this;
  }

  /** The gradients one behind the other as the values are, (P) float32, once they are gathered. */
  public NDArray gradient() {
    NDList gradients = new NDList();
    for (NDArray array : arrays) {
      gradients.add(array.getGradient().flatten());
    }
    return NDArrays.concat(gradients);
  }
}
