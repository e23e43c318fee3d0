package io.towerbeam.ml.models.sparse;

import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.training.DamagedFileException;
import io.towerbeam.ml.models.training.NamedArray;

/**
 * Whole numbers in the float32 arrays of a model's file: exact below 2^24, which {@link
 * #requireRoom} holds them to. Row starts are kept as row lengths, which are smaller.
 */
public final class ModelArrays {
  private static final int EXACT_BELOW = 1 << 24;

  /** A file has at most 2 GiB; an index and a value take 8 bytes, the rest is left to the rows. */
  private static final long MAX_VALUES = 250_000_000;

  private ModelArrays() {}

  /**
   * Refuses what a model's file cannot hold.
   *
   * @param values how many values the sparse rows have
   * @param columnCount the length of a row
   * @throws ModelFitException if it is too much
   */
  public static void requireRoom(long values, int columnCount) throws ModelFitException {
    if (values > MAX_VALUES || columnCount >= EXACT_BELOW) {
      throw new ModelFitException(
          "%d values in rows of %d are more than a model's file holds: at most %d in rows below %d"
              .formatted(values, columnCount, MAX_VALUES, EXACT_BELOW));
    }
  }

  /** Indexes as an array of a file. */
  public static NamedArray ofIndexes(String name, int[] indexes) {
    float[] values = new float[indexes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = indexes[i];
    }
    return new NamedArray(name, new long[] {values.length}, values);
  }

  /** Row starts as an array of row lengths. */
  public static NamedArray ofOffsets(String name, int[] offsets) {
    float[] values = new float[offsets.length - 1];
    for (int row = 0; row < values.length; row++) {
      values[row] = offsets[row + 1] - offsets[row];
    }
    return new NamedArray(name, new long[] {values.length}, values);
  }

  /**
   * What {@link #ofIndexes} was made of.
   *
   * @throws DamagedFileException if one is not below {@code bound}
   */
  public static int[] indexes(NamedArray array, int bound) throws DamagedFileException {
    int[] indexes = new int[array.values().length];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = (int) array.values()[i];
      if (indexes[i] < 0 || indexes[i] >= bound) {
        throw new DamagedFileException(
            "%s has the index %d, not below %d".formatted(array.name(), indexes[i], bound));
      }
    }
    return indexes;
  }

  /**
   * What {@link #ofOffsets} was made of.
   *
   * @throws DamagedFileException if they do not end in {@code size}
   */
  public static int[] offsets(NamedArray array, int size) throws DamagedFileException {
    int[] offsets = new int[array.values().length + 1];
    for (int row = 0; row < array.values().length; row++) {
      int length = (int) array.values()[row];
      if (length < 0 || length > size - offsets[row]) {
        throw new DamagedFileException("%s has a row of %d".formatted(array.name(), length));
      }
      offsets[row + 1] = offsets[row] + length;
    }
    if (offsets[array.values().length] != size) {
      throw new DamagedFileException(
          "the rows of %s do not add up to %d values".formatted(array.name(), size));
    }
    return offsets;
  }
}
