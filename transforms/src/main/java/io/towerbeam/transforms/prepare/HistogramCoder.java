package io.towerbeam.transforms.prepare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Counts of which most are zero: the length, then (gap to the next that is not zero, count). */
final class HistogramCoder extends AtomicCoder<long[]> {
  private static final HistogramCoder INSTANCE = new HistogramCoder();
  private static final VarIntCoder INT = VarIntCoder.of();
  private static final VarLongCoder LONG = VarLongCoder.of();

  private HistogramCoder() {}

  static HistogramCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(long[] counts, OutputStream out) throws IOException {
    int used = 0;
    for (long count : counts) {
      used += count == 0 ? 0 : 1;
    }
    INT.encode(counts.length, out);
    INT.encode(used, out);
    int next = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        INT.encode(i - next, out);
        LONG.encode(counts[i], out);
        next = i + 1;
      }
    }
  }

  @Override
  public long[] decode(InputStream in) throws IOException {
    long[] counts = new long[INT.decode(in)];
    int used = INT.decode(in);
    int next = 0;
    for (int n = 0; n < used; n++) {
      next += INT.decode(in);
      counts[next++] = LONG.decode(in);
    }
    return counts;
  }
}
