package io.towerbeam.transforms.prepare;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.Holdout;
import io.towerbeam.ml.data.SplitRule;
import io.towerbeam.schemas.InteractionBlock;
import java.util.Map;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Splits sharded interactions by time into what models learn from and what they are judged by.
 *
 * <p>Train is up to the threshold, included, of users with at least {@code minTrainInteractions}
 * there. Test is after it: items that occur in train, of users with at least {@code
 * minUserTrainInteractions} in train and {@code minTestInteractions} such test rows. Everything
 * else is excluded, a block per reason. The input must come from {@link ShardByUser}, since a
 * user's rows are judged together. The item counts are the only thing that must fit in memory.
 *
 * <p>With a {@link Holdout} all users stay on the sides where they are without it, and so does the
 * threshold. Rows of held-out items and of left-out users up to the threshold are excluded for that
 * reason, rows of held-out items after it as those of items that train does not know. Left-out
 * users leave no item without its place in the counts, be it at 0.
 */
@AutoValue
public abstract class WarmSplit
    extends PTransform<PCollection<InteractionBlock>, PCollectionTuple> {
  /** Train blocks, in the shards and places of the input. */
  public static final TupleTag<InteractionBlock> TRAIN = new TupleTag<>("train") {};

  /** Test blocks. */
  public static final TupleTag<InteractionBlock> TEST = new TupleTag<>("test") {};

  /** Blocks of rows on neither side, each with its {@code exclusion}. */
  public static final TupleTag<InteractionBlock> EXCLUDED = new TupleTag<>("excluded") {};

  /** Of the excluded blocks, rows of test users with items that train does not know. */
  public static final TupleTag<InteractionBlock> COLD_ITEM_TEST = new TupleTag<>("coldItemTest") {};

  /** The threshold in seconds since the epoch, one element. */
  public static final TupleTag<Long> THRESHOLD = new TupleTag<>("threshold") {};

  /** Train interactions by item id, one element. */
  public static final TupleTag<Map<String, Long>> ITEM_COUNTS = new TupleTag<>("itemCounts") {};

  /** Counts by name: rows and users of each side, rows excluded by reason. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  abstract @Nullable Double quantile();

  abstract @Nullable Long splitTime();

  abstract @Nullable Long testSeconds();

  abstract SplitRule rule();

  abstract Holdout holdout();

  /** Splits at the time quantile, 0 to 1. */
  public static WarmSplit atQuantile(double quantile) {
    TimeQuantile.of(quantile);
    return new AutoValue_WarmSplit(quantile, null, null, SplitRule.published(), Holdout.NONE);
  }

  /** Splits at a time in seconds since the epoch. */
  public static WarmSplit atTime(long splitTime) {
    return new AutoValue_WarmSplit(null, splitTime, null, SplitRule.published(), Holdout.NONE);
  }

  /**
   * Splits so long before the latest time.
   *
   * @param testSeconds how long before, at least 1
   */
  public static WarmSplit beforeLatest(long testSeconds) {
    if (testSeconds < 1) {
      throw new IllegalArgumentException("testSeconds must be at least 1, not " + testSeconds);
    }
    return new AutoValue_WarmSplit(null, null, testSeconds, SplitRule.published(), Holdout.NONE);
  }

  /** The same split point with other least counts. */
  public WarmSplit withRule(SplitRule rule) {
    return new AutoValue_WarmSplit(quantile(), splitTime(), testSeconds(), rule, holdout());
  }

  /** The same split with this kept from models. */
  public WarmSplit withHoldout(Holdout holdout) {
    return new AutoValue_WarmSplit(quantile(), splitTime(), testSeconds(), rule(), holdout);
  }

  @Override
  public PCollectionTuple expand(PCollection<InteractionBlock> blocks) {
    PCollection<Long> threshold = threshold(blocks);
    // one element each; a view of a singleton would be seven steps more on the way to the split
    PCollectionView<Iterable<Long>> thresholdView =
        threshold.apply("ThresholdView", View.asIterable());
    PCollection<Map<String, Long>> itemCounts =
        SplitSteps.itemCounts(
            blocks,
            ParDo.of(new CountTrainItemsFn(rule(), thresholdView)).withSideInputs(thresholdView));
    PCollectionView<Iterable<Map<String, Long>>> itemCountsView =
        itemCounts.apply("ItemCountsView", View.asIterable());
    PCollectionTuple sides =
        SplitSteps.sides(
            "Split",
            blocks,
            ParDo.of(new SplitFn(rule(), holdout(), thresholdView, itemCountsView))
                .withSideInputs(thresholdView, itemCountsView));
    return sides
        .and(THRESHOLD, threshold)
        .and(
            ITEM_COUNTS,
            holdout().equals(Holdout.NONE)
                ? itemCounts
                : itemCounts.apply("CountSide", SideCounts.of(holdout(), sides.get(TRAIN))));
  }

  private PCollection<Long> threshold(PCollection<InteractionBlock> blocks) {
    if (splitTime() != null) {
      return blocks
          .getPipeline()
          .apply("SplitTime", Create.of(splitTime()).withCoder(VarLongCoder.of()));
    }
    if (testSeconds() == null) {
      return blocks.apply("SplitQuantile", TimeQuantile.of(quantile()));
    }
    long seconds = testSeconds(); // a lambda that calls the method would drag the transform along
    return blocks
        .apply("LatestTime", TimeQuantile.of(1))
        .apply(
            "BeforeLatest",
            MapElements.into(TypeDescriptors.longs())
                .via(latest -> latest == Long.MIN_VALUE ? latest : latest - seconds));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .addIfNotNull(DisplayData.item("quantile", quantile()))
        .addIfNotNull(DisplayData.item("splitTime", splitTime()))
        .addIfNotNull(DisplayData.item("testSeconds", testSeconds()))
        .add(DisplayData.item("minTrainInteractions", rule().minTrainInteractions()))
        .add(DisplayData.item("minUserTrainInteractions", rule().minUserTrainInteractions()))
        .add(DisplayData.item("minTestInteractions", rule().minTestInteractions()))
        .add(DisplayData.item("heldOutItems", holdout().itemShare()))
        .add(DisplayData.item("leaveOutTestUsers", holdout().testUsers()));
  }

  private static final class CountTrainItemsFn extends DoFn<InteractionBlock, Map<String, Long>> {
    private final SplitRule rule;
    private final PCollectionView<Iterable<Long>> threshold;

    CountTrainItemsFn(SplitRule rule, PCollectionView<Iterable<Long>> threshold) {
      this.rule = rule;
      this.threshold = threshold;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      long last = context.sideInput(threshold).iterator().next();
      context.output(rule.trainItemCounts(context.element(), last));
    }
  }
}
