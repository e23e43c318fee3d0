package io.towerbeam.transforms.evaluate;

import io.towerbeam.ml.metrics.BootstrapSums;
import io.towerbeam.ml.metrics.RankingTotals;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * {@link ModelTotals} as bytes: each segment's sums, the incomplete segments, then count and
 * examples of each fault. Fixed lengths, since most of it are the sums of resamples. Deterministic:
 * segments, items and examples are written in sorted order.
 */
final class ModelTotalsCoder extends CustomCoder<ModelTotals> {
  private static final Coder<Long> COUNT = VarLongCoder.of();
  private static final Coder<String> TEXT = StringUtf8Coder.of();
  private static final Coder<List<String>> TEXTS = ListCoder.of(StringUtf8Coder.of());

  private final EvaluationSettings settings;

  private ModelTotalsCoder(EvaluationSettings settings) {
    this.settings = settings;
  }

  /** The coder of totals that were made with {@code settings}, which it does not write. */
  static ModelTotalsCoder of(EvaluationSettings settings) {
    return new ModelTotalsCoder(settings);
  }

  @Override
  public void encode(ModelTotals totals, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(totals.segments().size());
    for (Map.Entry<String, SegmentTotals> segment : totals.segments().entrySet()) {
      TEXT.encode(segment.getKey(), data);
      encodeRanking(segment.getValue().ranking(), data);
      writeLongs(segment.getValue().bootstrap().weights(), data);
      writeLongs(segment.getValue().bootstrap().sums(), data);
    }
    TEXTS.encode(List.copyOf(totals.incomplete()), data);
    for (ListFault fault : ListFault.values()) {
      COUNT.encode(totals.faulty(fault).count(), data);
      TEXTS.encode(totals.faulty(fault).examples(), data);
    }
    data.flush();
  }

  private static void encodeRanking(RankingTotals ranking, DataOutputStream data)
      throws IOException {
    data.writeLong(ranking.users());
    data.writeLong(ranking.relevant());
    writeLongs(ranking.sums(), data);
    SortedMap<String, long[]> exposures = ranking.exposures();
    data.writeInt(exposures.size());
    for (Map.Entry<String, long[]> item : exposures.entrySet()) {
      TEXT.encode(item.getKey(), data);
      writeLongs(item.getValue(), data);
    }
  }

  @Override
  public ModelTotals decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    ModelTotals totals = new ModelTotals(settings);
    int segments = data.readInt();
    for (int segment = 0; segment < segments; segment++) {
      String name = TEXT.decode(data);
      RankingTotals ranking = decodeRanking(data);
      long[] weights = readLongs(data);
      totals.merge(
          name, new SegmentTotals(ranking, BootstrapSums.restore(weights, readLongs(data))));
    }
    totals.incomplete().addAll(TEXTS.decode(data));
    for (ListFault fault : ListFault.values()) {
      totals.faulty(fault).add(COUNT.decode(data), TEXTS.decode(data));
    }
    return totals;
  }

  private RankingTotals decodeRanking(DataInputStream data) throws IOException {
    long users = data.readLong();
    long relevant = data.readLong();
    long[] sums = readLongs(data);
    Map<String, long[]> exposures = new TreeMap<>();
    int items = data.readInt();
    for (int item = 0; item < items; item++) {
      exposures.put(TEXT.decode(data), readLongs(data));
    }
    return RankingTotals.restore(settings.cutoffs(), users, relevant, sums, exposures);
  }

  private static void writeLongs(long[] values, DataOutputStream data) throws IOException {
    data.writeInt(values.length);
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES));
    bytes.asLongBuffer().put(values);
    data.write(bytes.array());
  }

  private static long[] readLongs(DataInputStream data) throws IOException {
    long[] values = new long[data.readInt()];
    byte[] bytes = new byte[Math.multiplyExact(values.length, Long.BYTES)];
    data.readFully(bytes);
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelTotalsCoder coder && coder.settings.equals(settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }
}
