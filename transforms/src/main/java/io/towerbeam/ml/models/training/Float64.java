package io.towerbeam.ml.models.training;

/**
 * float64 values in the float32 arrays of a file, exact to the bit: the 64 bits of a value are
 * three whole numbers below 2^22, which a float32 holds as they are. 12 bytes a value.
 */
public final class Float64 {
  private static final int PARTS = 3;
  private static final int BITS = 22;
  private static final long MASK = (1L << BITS) - 1;

  private Float64() {}

  /** How many bytes a value takes in a file. */
  public static int bytesPerValue() {
    return PARTS * Float.BYTES;
  }

  /** The values as an array of a file, (3, values), the lowest bits first. */
  public static NamedArray toArray(String name, double[] values) {
    float[] parts = new float[Math.multiplyExact(PARTS, values.length)];
    for (int i = 0; i < values.length; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      for (int part = 0; part < PARTS; part++) {
        parts[part * values.length + i] = (bits >>> (part * BITS)) & MASK;
      }
    }
    return new NamedArray(name, new long[] {PARTS, values.length}, parts);
  }

  /**
   * What {@link #toArray} was given.
   *
   * @param size how many values there have to be
   * @throws DamagedFileException if they are not as many
   */
  public static double[] ofArray(NamedArray array, int size) throws DamagedFileException {
    if (array.values().length != (long) PARTS * size) {
      throw new DamagedFileException(
          "%s has %d parts, not %d of %d values"
              .formatted(array.name(), array.values().length, PARTS, size));
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      long bits = 0;
      for (int part = 0; part < PARTS; part++) {
        bits |= (long) array.values()[part * size + i] << (part * BITS);
      }
      values[i] = Double.longBitsToDouble(bits);
    }
    return values;
  }
}
