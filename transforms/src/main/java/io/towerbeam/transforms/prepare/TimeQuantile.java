package io.towerbeam.transforms.prepare;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.CombineWithContext.CombineFnWithContext;
import org.apache.beam.sdk.transforms.CombineWithContext.Context;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The exact quantile of the interactions' times: of n sorted times the one with 0-based rank
 * round-half-even(q · (n − 1)), as pandas' {@code quantile(q, interpolation="nearest")}.
 *
 * <p>Found by radix refinement: four passes count the times by 16 bits each, highest first, so that
 * an accumulator has 65,536 counts however many interactions there are. No interactions give {@link
 * Long#MIN_VALUE}.
 */
@AutoValue
public abstract class TimeQuantile
    extends PTransform<PCollection<InteractionBlock>, PCollection<Long>> {
  private static final int DIGIT_BITS = 16;
  private static final KvCoder<Long, Long> PREFIX_AND_RANK =
      KvCoder.of(VarLongCoder.of(), VarLongCoder.of());

  abstract double quantile();

  /**
   * @param quantile q, 0 to 1
   */
  public static TimeQuantile of(double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException("quantile must be 0 to 1, not " + quantile);
    }
    return new AutoValue_TimeQuantile(quantile);
  }

  @Override
  public PCollection<Long> expand(PCollection<InteractionBlock> blocks) {
    PCollection<KV<Long, Long>> found = null; // (leading bits, rank among the times that have them)
    for (int shift = Long.SIZE - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
      Combine.Globally<InteractionBlock, KV<Long, Long>> refine;
      if (found == null) {
        refine = Combine.globally(new RefineFn(quantile(), shift, null));
      } else {
        PCollectionView<KV<Long, Long>> sofar = found.apply("Bits" + shift, View.asSingleton());
        refine =
            Combine.globally(new RefineFn(quantile(), shift, sofar)).withSideInputs(List.of(sofar));
      }
      found = blocks.apply("RefineFromBit" + shift, refine).setCoder(PREFIX_AND_RANK);
    }
    return found.apply(
        "AsTime",
        MapElements.into(TypeDescriptors.longs()).via(bits -> bits.getKey() ^ Long.MIN_VALUE));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("quantile", quantile()));
  }

  /** Counts the 16 bits above {@code shift} of the times that have the leading bits so far. */
  private static final class RefineFn
      extends CombineFnWithContext<InteractionBlock, long[], KV<Long, Long>> {
    private final double quantile;
    private final int shift;
    private final PCollectionView<KV<Long, Long>> sofar;

    RefineFn(double quantile, int shift, PCollectionView<KV<Long, Long>> sofar) {
      this.quantile = quantile;
      this.shift = shift;
      this.sofar = sofar;
    }

    @Override
    public long[] createAccumulator(Context context) {
      return new long[1 << DIGIT_BITS];
    }

    @Override
    public long[] addInput(long[] histogram, InteractionBlock block, Context context) {
      boolean isFirst = sofar == null;
      long leading = isFirst ? 0 : context.sideInput(sofar).getKey();
      for (long time : InteractionColumns.of(block).times()) {
        long bits = time ^ Long.MIN_VALUE; // unsigned order is then the order of the times
        if (isFirst || bits >>> (shift + DIGIT_BITS) == leading) {
          histogram[(int) (bits >>> shift) & 0xffff]++;
        }
      }
      return histogram;
    }

    @Override
    public long[] mergeAccumulators(Iterable<long[]> histograms, Context context) {
      long[] sum = createAccumulator(context);
      for (long[] histogram : histograms) {
        for (int digit = 0; digit < sum.length; digit++) {
          sum[digit] += histogram[digit];
        }
      }
      return sum;
    }

    @Override
    public KV<Long, Long> extractOutput(long[] histogram, Context context) {
      KV<Long, Long> before =
          sofar == null ? KV.of(0L, rankOfQuantile(histogram)) : context.sideInput(sofar);
      long rank = before.getValue();
      int digit = 0;
      while (digit < histogram.length - 1 && rank >= histogram[digit]) {
        rank -= histogram[digit++];
      }
      boolean isEmpty = rank >= histogram[digit];
      return isEmpty
          ? KV.of(before.getKey() << DIGIT_BITS, before.getValue())
          : KV.of(before.getKey() << DIGIT_BITS | digit, rank);
    }

    private long rankOfQuantile(long[] histogram) {
      long n = 0;
      for (long count : histogram) {
        n += count;
      }
      return (long) Math.rint(quantile * Math.max(n - 1, 0));
    }

    @Override
    public KV<Long, Long> defaultValue() {
      return KV.of(0L, 0L);
    }

    @Override
    public Coder<long[]> getAccumulatorCoder(
        CoderRegistry registry, Coder<InteractionBlock> inputCoder) {
      return HistogramCoder.of();
    }

    @Override
    public Coder<KV<Long, Long>> getDefaultOutputCoder(
        CoderRegistry registry, Coder<InteractionBlock> inputCoder) {
      return PREFIX_AND_RANK;
    }
  }
}
