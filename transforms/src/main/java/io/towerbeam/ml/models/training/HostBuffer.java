package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Memory outside the heap that is filled anew in each step and becomes an array without a copy (on
 * a GPU: with one). An array made of it is good until the next {@link #clear}. Not thread-safe.
 */
public final class HostBuffer {
  private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

  /** The memory, cleared, with room for at least {@code bytes}. */
  public ByteBuffer clear(long bytes) {
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocateDirect(Math.toIntExact(Math.max(bytes, bytes * 5 / 4)));
    }
    buffer.clear().limit((int) bytes);
    return buffer.order(ByteOrder.nativeOrder());
  }

  /** The first values of the memory as an array of {@code manager}. */
  public NDArray toArray(NDManager manager, DataType type, long... shape) {
    Shape arrayShape = new Shape(shape);
    buffer.rewind().limit(Math.toIntExact(arrayShape.size() * type.getNumOfBytes()));
    return manager.create(buffer, arrayShape, type);
  }

  /**
   * As many values as fill the shape, as a float32 array of the manager.
   *
   * @param from where they begin
   */
  public NDArray floats(NDManager manager, float[] values, int from, long... shape) {
    int size = Math.toIntExact(new Shape(shape).size());
    clear((long) size * Float.BYTES).asFloatBuffer().put(values, from, size);
    return toArray(manager, DataType.FLOAT32, shape);
  }

  /** The first of {@code values}, as many as fill the shape, as an int64 array of the manager. */
  public NDArray indexes(NDManager manager, int[] values, long... shape) {
    int size = Math.toIntExact(new Shape(shape).size());
    LongBuffer out = clear((long) size * Long.BYTES).asLongBuffer();
    for (int i = 0; i < size; i++) {
      out.put(i, values[i]);
    }
    return toArray(manager, DataType.INT64, shape);
  }
}
