package io.towerbeam.transforms.prepare;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The exact quantile of the interactions' times: of n sorted times the one with 0-based rank
 * round-half-even(q · (n − 1)), as pandas' {@code quantile(q, interpolation="nearest")}.
 *
 * <p>Found by radix refinement: four passes count the times by 16 bits each, highest first, so that
 * an accumulator has at most 65,536 counts however many interactions there are. No interactions
 * give {@link Long#MIN_VALUE}.
 */
@AutoValue
public abstract class TimeQuantile
    extends PTransform<PCollection<InteractionBlock>, PCollection<Long>> {
  private static final int DIGIT_BITS = 16;
  private static final KvCoder<Long, Long> PREFIX_AND_RANK =
      KvCoder.of(VarLongCoder.of(), VarLongCoder.of());

  private static final KvCoder<Integer, DigitCounts> KEYED_COUNTS =
      KvCoder.of(VarIntCoder.of(), DigitCounts.CODER);

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
    // one of no times, so that there is one sum at least
    PCollection<KV<Integer, DigitCounts>> noTimes =
        blocks
            .getPipeline()
            .apply("NoTimes", Create.of(KV.of(0, DigitCounts.NONE)).withCoder(KEYED_COUNTS));
    // (leading bits, rank among the times that have them), one element
    PCollection<KV<Long, Long>> found = null;
    for (int shift = Long.SIZE - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
      List<PCollectionView<Iterable<KV<Long, Long>>>> sofar =
          found == null ? List.of() : List.of(found.apply("BitsAbove" + shift, View.asIterable()));
      PCollection<KV<Integer, DigitCounts>> counts =
          blocks
              .apply(
                  "CountBits" + shift,
                  ParDo.of(new CountDigitsFn(shift, sofar)).withSideInputs(sofar))
              .setCoder(KEYED_COUNTS);
      found =
          PCollectionList.of(counts)
              .and(noTimes)
              .apply("OrNone" + shift, Flatten.pCollections())
              // (0, [counts of a block])
              .apply("AddBits" + shift, Combine.perKey(new AddDigitsFn()))
              .apply(
                  "FindBits" + shift,
                  ParDo.of(new FindDigitFn(quantile(), sofar)).withSideInputs(sofar))
              .setCoder(PREFIX_AND_RANK);
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

  /** The element of a view that has one, if there is a view. */
  private static Optional<KV<Long, Long>> only(
      List<PCollectionView<Iterable<KV<Long, Long>>>> view, DoFn<?, ?>.ProcessContext context) {
    return view.stream().map(one -> context.sideInput(one).iterator().next()).findFirst();
  }

  /** Counts the 16 bits above {@code shift} of the times that have the leading bits so far. */
  private static final class CountDigitsFn
      extends DoFn<InteractionBlock, KV<Integer, DigitCounts>> {
    private final int shift;
    private final List<PCollectionView<Iterable<KV<Long, Long>>>> sofar;

    CountDigitsFn(int shift, List<PCollectionView<Iterable<KV<Long, Long>>>> sofar) {
      this.shift = shift;
      this.sofar = sofar;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      Optional<KV<Long, Long>> before = only(sofar, context);
      long leading = before.map(KV::getKey).orElse(0L);
      long[] histogram = new long[1 << DIGIT_BITS];
      for (long time : InteractionColumns.of(context.element()).times()) {
        long bits = time ^ Long.MIN_VALUE; // unsigned order is then the order of the times
        if (before.isEmpty() || bits >>> (shift + DIGIT_BITS) == leading) {
          histogram[(int) (bits >>> shift) & 0xffff]++;
        }
      }
      context.output(KV.of(0, DigitCounts.of(histogram)));
    }
  }

  private static final class AddDigitsFn extends CombineFn<DigitCounts, DigitCounts, DigitCounts> {
    @Override
    public DigitCounts createAccumulator() {
      return DigitCounts.NONE;
    }

    @Override
    public DigitCounts addInput(DigitCounts sum, DigitCounts counts) {
      return mergeAccumulators(List.of(sum, counts));
    }

    @Override
    public DigitCounts mergeAccumulators(Iterable<DigitCounts> parts) {
      long[] histogram = new long[1 << DIGIT_BITS];
      parts.forEach(counts -> counts.addTo(histogram));
      return DigitCounts.of(histogram);
    }

    @Override
    public DigitCounts extractOutput(DigitCounts sum) {
      return sum;
    }

    @Override
    public Coder<DigitCounts> getAccumulatorCoder(
        CoderRegistry registry, Coder<DigitCounts> inputCoder) {
      return DigitCounts.CODER;
    }

    @Override
    public Coder<DigitCounts> getDefaultOutputCoder(
        CoderRegistry registry, Coder<DigitCounts> inputCoder) {
      return DigitCounts.CODER;
    }
  }

  /** Adds to the leading bits those of the time with the quantile's rank. */
  private static final class FindDigitFn extends DoFn<KV<Integer, DigitCounts>, KV<Long, Long>> {
    private final double quantile;
    private final List<PCollectionView<Iterable<KV<Long, Long>>>> sofar;

    FindDigitFn(double quantile, List<PCollectionView<Iterable<KV<Long, Long>>>> sofar) {
      this.quantile = quantile;
      this.sofar = sofar;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      DigitCounts counts = context.element().getValue();
      KV<Long, Long> before =
          only(sofar, context).orElseGet(() -> KV.of(0L, rankOfQuantile(counts.total())));
      OptionalInt place = counts.placeOf(before.getValue());
      long leading = before.getKey() << DIGIT_BITS;
      context.output(
          place.isEmpty()
              ? KV.of(leading, before.getValue())
              : KV.of(
                  leading | counts.digits()[place.getAsInt()],
                  before.getValue() - counts.before(place.getAsInt())));
    }

    private long rankOfQuantile(long n) {
      return (long) Math.rint(quantile * Math.max(n - 1, 0));
    }
  }
}
