package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The arrays that a network learns, one behind the other in a single (P) float32 array of libtorch,
 * so that an optimiser moves them all at once. Not thread-safe.
 */
public final class ParameterSet {
  private final List<String> names = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final long[] bounds;
  private final NDArray flat;

  /**
   * @param manager owns the array
   * @param values what it holds at first; copied
   */
  public ParameterSet(NDManager manager, List<NamedArray> values) {
    bounds = new long[values.size() - 1];
    long size = 0;
    for (int i = 0; i < values.size(); i++) {
      names.add(values.get(i).name());
      shapes.add(new Shape(values.get(i).shape()));
      size += values.get(i).values().length;
      if (i < bounds.length) {
        bounds[i] = size;
      }
    }
    float[] all = new float[Math.toIntExact(size)];
    int from = 0;
    for (NamedArray value : values) {
      System.arraycopy(value.values(), 0, all, from, value.values().length);
      from += value.values().length;
    }
    flat = Torch.create(manager, all, new Shape(size));
  }

  /** All values, (P) float32: to be changed in place. */
  NDArray flat() {
    return flat;
  }

  /**
   * The arrays by name, in the memory of this set, for one pass: what is computed of them belongs
   * to {@code manager}, and so do their gradients.
   */
  public Parameters lendTo(NDManager manager) {
    flat.tempAttach(manager);
    NDList parts = flat.split(bounds);
    List<NDArray> arrays = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      arrays.add(parts.get(i).reshape(shapes.get(i)).stopGradient());
    }
    return new Parameters(names, arrays);
  }

  /** Copies of the values, in the order they were given. */
  public List<NamedArray> toNamedArrays() {
    float[] all = flat.toFloatArray();
    List<NamedArray> arrays = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < names.size(); i++) {
      float[] values = new float[Math.toIntExact(shapes.get(i).size())];
      System.arraycopy(all, from, values, 0, values.length);
      from += values.length;
      arrays.add(new NamedArray(names.get(i), shapes.get(i).getShape(), values));
    }
    return arrays;
  }
}
