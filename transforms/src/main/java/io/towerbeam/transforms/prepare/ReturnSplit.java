package io.towerbeam.transforms.prepare;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.ReturnRule;
import io.towerbeam.ml.data.SplitRule;
import io.towerbeam.schemas.InteractionBlock;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Splits the train side of a {@link WarmSplit} once more, by users who come back after a long
 * while: as models are served, where a cut in time finds most users in the middle of a sitting.
 *
 * <p>Takes the outputs of a {@link WarmSplit}, of which it looks at {@link WarmSplit#TRAIN} and
 * {@link WarmSplit#THRESHOLD} alone, and gives outputs with the same tags. Test are the rows after
 * the cut of the {@link ReturnRule}'s fold with items that train still has, of users with enough
 * such rows; what else lies after the cut is excluded, with the reasons of {@link WarmSplit}. Train
 * is everything else, and so has rows of other users that are later than a test user's cut. The
 * threshold stays that of the split that was taken, since no row is after it. The counts have the
 * returning users too. The item counts are the only thing that must fit in memory.
 */
@AutoValue
public abstract class ReturnSplit extends PTransform<PCollectionTuple, PCollectionTuple> {
  abstract ReturnRule rule();

  /** Splits by returns. */
  public static ReturnSplit of(ReturnRule rule) {
    return new AutoValue_ReturnSplit(rule);
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple warmSplit) {
    PCollection<InteractionBlock> blocks = warmSplit.get(WarmSplit.TRAIN);
    PCollection<Map<String, Long>> itemCounts =
        SplitSteps.itemCounts(blocks, ParDo.of(new CountTrainItemsFn(rule())));
    PCollectionView<Map<String, Long>> itemCountsView =
        itemCounts.apply("ItemCountsView", View.asSingleton());
    return SplitSteps.sides(
            "Split",
            blocks,
            ParDo.of(new SplitByReturnsFn(rule(), itemCountsView)).withSideInputs(itemCountsView))
        .and(WarmSplit.THRESHOLD, warmSplit.get(WarmSplit.THRESHOLD))
        .and(WarmSplit.ITEM_COUNTS, itemCounts);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    SplitRule counts = rule().counts();
    builder
        .add(DisplayData.item("gapDays", rule().gapDays()))
        .add(DisplayData.item("fold", rule().fold()))
        .add(DisplayData.item("folds", rule().folds()))
        .add(DisplayData.item("minTrainInteractions", counts.minTrainInteractions()))
        .add(DisplayData.item("minUserTrainInteractions", counts.minUserTrainInteractions()))
        .add(DisplayData.item("minTestInteractions", counts.minTestInteractions()));
  }

  private static final class CountTrainItemsFn extends DoFn<InteractionBlock, Map<String, Long>> {
    private final ReturnRule rule;

    CountTrainItemsFn(ReturnRule rule) {
      this.rule = rule;
    }

    @ProcessElement
    public void process(@Element InteractionBlock block, OutputReceiver<Map<String, Long>> counts) {
      counts.output(rule.trainItemCounts(block));
    }
  }

  private static final class SplitByReturnsFn extends DoFn<InteractionBlock, InteractionBlock> {
    private final ReturnRule rule;
    private final PCollectionView<Map<String, Long>> itemCounts;

    SplitByReturnsFn(ReturnRule rule, PCollectionView<Map<String, Long>> itemCounts) {
      this.rule = rule;
      this.itemCounts = itemCounts;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      SplitSteps.output(
          rule.split(context.element(), context.sideInput(itemCounts).keySet()), context);
    }
  }
}
