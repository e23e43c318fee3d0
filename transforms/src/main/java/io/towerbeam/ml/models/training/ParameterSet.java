package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arrays that a network learns, in libtorch, by name. Not thread-safe. */
public final class ParameterSet {
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  /** Copies {@code values} into arrays of {@code manager} that gather gradients. */
  public ParameterSet(NDManager manager, List<NamedArray> values) {
    for (NamedArray value : values) {
      NDArray array = manager.create(value.values(), new Shape(value.shape()));
      array.setRequiresGradient(true);
      if (arrays.put(value.name(), array) != null) {
        throw new IllegalArgumentException("two parameters are named " + value.name());
      }
    }
  }

  /**
   * The array of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public NDArray get(String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "no parameter %s: there are %s".formatted(name, arrays.keySet()));
    }
    return array;
  }

  /** All arrays, in the order they were given. */
  public Collection<NDArray> arrays() {
    return arrays.values();
  }

  /**
   * Lends the arrays to {@code manager} until it is closed: what is computed of them is its own.
   */
  void lendTo(NDManager manager) {
    arrays.values().forEach(array -> array.tempAttach(manager));
  }

  /** Copies of the values, in the order they were given. */
  public List<NamedArray> toNamedArrays() {
    List<NamedArray> values = new ArrayList<>();
    arrays.forEach(
        (name, array) ->
            values.add(new NamedArray(name, array.getShape().getShape(), array.toFloatArray())));
    return values;
  }
}
