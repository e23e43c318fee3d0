package io.towerbeam.transforms.evaluate;

import io.towerbeam.ml.metrics.RankingTotals;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * {@link ModelTotals} as bytes: cutoffs, users, sums, items with their best ranks, then count and
 * examples of each fault. Deterministic, since items and examples are written in sorted order.
 */
final class ModelTotalsCoder extends AtomicCoder<ModelTotals> {
  static final ModelTotalsCoder INSTANCE = new ModelTotalsCoder();

  private static final Coder<List<Integer>> CUTOFFS = ListCoder.of(VarIntCoder.of());
  private static final Coder<Long> COUNT = VarLongCoder.of();
  private static final Coder<List<Long>> SUMS = ListCoder.of(VarLongCoder.of());
  private static final Coder<Map<String, Integer>> BEST_RANKS =
      MapCoder.of(StringUtf8Coder.of(), VarIntCoder.of());
  private static final Coder<List<String>> EXAMPLES = ListCoder.of(StringUtf8Coder.of());

  private ModelTotalsCoder() {}

  @Override
  public void encode(ModelTotals totals, OutputStream out) throws IOException {
    RankingTotals ranking = totals.ranking();
    CUTOFFS.encode(ranking.cutoffs(), out);
    COUNT.encode(ranking.users(), out);
    SUMS.encode(Arrays.stream(ranking.sums()).boxed().toList(), out);
    BEST_RANKS.encode(ranking.bestRanks(), out);
    for (ListFault fault : ListFault.values()) {
      COUNT.encode(totals.faulty(fault).count(), out);
      EXAMPLES.encode(totals.faulty(fault).examples(), out);
    }
  }

  @Override
  public ModelTotals decode(InputStream in) throws IOException {
    List<Integer> cutoffs = CUTOFFS.decode(in);
    long users = COUNT.decode(in);
    long[] sums = SUMS.decode(in).stream().mapToLong(Long::longValue).toArray();
    ModelTotals totals =
        new ModelTotals(RankingTotals.restore(cutoffs, users, sums, BEST_RANKS.decode(in)));
    for (ListFault fault : ListFault.values()) {
      totals.faulty(fault).add(COUNT.decode(in), EXAMPLES.decode(in));
    }
    return totals;
  }
}
