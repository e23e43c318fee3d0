package io.towerbeam.transforms.prepare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * How often each digit occurs, of those that do: as large as that, since accumulators are copied
 * often on their way, and times that share their leading bits have few digits.
 *
 * <p>Immutable as long as nobody writes into its arrays.
 *
 * @param digits ascending, from 0 up to the base
 * @param counts how often each of them occurs, at least once
 */
record DigitCounts(int[] digits, long[] counts) {
  /** Of no times. */
  static final DigitCounts NONE = new DigitCounts(new int[0], new long[0]);

  /** How counts travel: their number, then (gap to the next digit, count). */
  static final Coder<DigitCounts> CODER = new DigitCountsCoder();

  /** The counts that are not nought of a count per digit. */
  static DigitCounts of(long[] histogram) {
    int used = 0;
    for (long count : histogram) {
      used += count == 0 ? 0 : 1;
    }
    DigitCounts counts = new DigitCounts(new int[used], new long[used]);
    int next = 0;
    for (int digit = 0; next < used; digit++) {
      if (histogram[digit] != 0) {
        counts.digits[next] = digit;
        counts.counts[next++] = histogram[digit];
      }
    }
    return counts;
  }

  /** Adds these counts to a count per digit. */
  void addTo(long[] histogram) {
    for (int i = 0; i < digits.length; i++) {
      histogram[digits[i]] += counts[i];
    }
  }

  /** How many there are of all digits. */
  long total() {
    return LongStream.of(counts).sum();
  }

  /** How many there are of lower digits than the {@code place}-th, by its place in the arrays. */
  long before(int place) {
    return LongStream.of(counts).limit(place).sum();
  }

  /** The place in the arrays of the digit of this 0-based rank, empty if there are fewer. */
  OptionalInt placeOf(long rank) {
    long left = rank;
    for (int place = 0; place < counts.length; place++) {
      if (left < counts[place]) {
        return OptionalInt.of(place);
      }
      left -= counts[place];
    }
    return OptionalInt.empty();
  }

  private static final class DigitCountsCoder extends AtomicCoder<DigitCounts> {
    private static final VarIntCoder INT = VarIntCoder.of();
    private static final VarLongCoder LONG = VarLongCoder.of();

    @Override
    public void encode(DigitCounts value, OutputStream out) throws IOException {
      INT.encode(value.digits.length, out);
      int next = 0;
      for (int i = 0; i < value.digits.length; i++) {
        INT.encode(value.digits[i] - next, out);
        LONG.encode(value.counts[i], out);
        next = value.digits[i] + 1;
      }
    }

    @Override
    public DigitCounts decode(InputStream in) throws IOException {
      int used = INT.decode(in);
      DigitCounts value = new DigitCounts(new int[used], new long[used]);
      int next = 0;
      for (int i = 0; i < used; i++) {
        next += INT.decode(in);
        value.digits[i] = next++;
        value.counts[i] = LONG.decode(in);
      }
      return value;
    }
  }
}
