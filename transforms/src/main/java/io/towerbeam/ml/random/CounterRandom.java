package io.towerbeam.ml.random;

/**
 * Random numbers that are a function of a seed and coordinates, such as (epoch, batch): any part of
 * a training can be replayed without what went before. The same on every machine. Not thread-safe.
 *
 * <p>Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014),
 * SplitMix64.
 */
public final class CounterRandom {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double TO_UNIT = 0x1.0p-53;

  private long state;

  private CounterRandom(long state) {
    this.state = state;
  }

  /** The numbers of {@code seed} at {@code coordinates}. */
  public static CounterRandom of(long seed, long... coordinates) {
    long state = mix(seed + GOLDEN_GAMMA);
    for (long coordinate : coordinates) {
      state = mix(state + GOLDEN_GAMMA) ^ mix(coordinate * GOLDEN_GAMMA + 1);
    }
    return new CounterRandom(state);
  }

  /**
   * The numbers of {@code seed} for something that has an id.
   *
   * @param purpose what the numbers are for
   */
  public static CounterRandom ofId(long seed, long purpose, String id) {
    return of(seed, purpose, hash(id));
  }

  /** The numbers of a source of its own, which the next number of this one decides. */
  public CounterRandom split() {
    return of(nextLong());
  }

  private static long hash(String id) {
    long hash = 1;
    for (int i = 0; i < id.length(); i++) {
      hash = hash * 0x5851f42d4c957f2dL + id.charAt(i); // Knuth's multiplier, odd
    }
    return hash;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Uniform over all long values. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform over 0 to {@code bound} − 1; {@code bound} must be positive. */
  public int nextInt(int bound) {
    // Lemire, "Fast Random Integer Generation in an Interval" (2019): multiply, rarely reject.
    long product = (nextLong() >>> 32) * bound;
    if ((product & 0xffffffffL) < bound) {
      long threshold = (1L << 32) % bound;
      while ((product & 0xffffffffL) < threshold) {
        product = (nextLong() >>> 32) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /** Uniform over the multiples of 2⁻⁵³ from 0 to below 1. */
  public double nextUnit() {
    return (nextLong() >>> 11) * TO_UNIT;
  }

  /** Standard normal, by Box and Muller; {@code StrictMath} keeps it equal on every machine. */
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(((nextLong() >>> 11) + 1) * TO_UNIT));
    return radius * StrictMath.cos(2 * Math.PI * ((nextLong() >>> 11) * TO_UNIT));
  }

  /** The numbers 0 to {@code size} − 1 in an order drawn uniformly (Fisher and Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** {@code size} values of N(0, {@code deviation}²), float32. */
  public float[] gaussians(int size, double deviation) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (deviation * nextGaussian());
    }
    return values;
  }
}
