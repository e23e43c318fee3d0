package io.towerbeam.transforms.prepare;

import io.towerbeam.ml.statistics.InteractionSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;

/** How what was added up so far travels. */
final class SummaryCoder extends AtomicCoder<InteractionSummary> {
  private static final SummaryCoder INSTANCE = new SummaryCoder();
  private static final BigEndianLongCoder LONG = BigEndianLongCoder.of();

  private SummaryCoder() {}

  static SummaryCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(InteractionSummary summary, OutputStream out) throws IOException {
    HistogramCoder.of().encode(summary.userActivity(), out);
    Counts.MAP_CODER.encode(summary.itemCounts(), out);
    LONG.encode(summary.firstTime(), out);
    LONG.encode(summary.lastTime(), out);
  }

  @Override
  public InteractionSummary decode(InputStream in) throws IOException {
    return new InteractionSummary(
        HistogramCoder.of().decode(in),
        new HashMap<>(Counts.MAP_CODER.decode(in)),
        LONG.decode(in),
        LONG.decode(in));
  }
}
