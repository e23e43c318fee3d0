package io.towerbeam.transforms.prepare;

import io.towerbeam.ml.data.SplitRule;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.files.BlockCoder;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** What splits have in common, whatever it is that they split by. */
final class SplitSteps {
  private SplitSteps() {}

  /** Counts each block's train rows by item and adds them up to one map. */
  static PCollection<Map<String, Long>> itemCounts(
      PCollection<InteractionBlock> blocks,
      ParDo.SingleOutput<InteractionBlock, Map<String, Long>> countTrainItems) {
    return blocks
        .apply("CountTrainItems", countTrainItems)
        .setCoder(Counts.MAP_CODER)
        .apply("AddItemCounts", MapSum.toOne(Counts.MAP_CODER))
        .setCoder(Counts.MAP_CODER);
  }

  /** Makes the sides of {@link WarmSplit}, with what is counted of them. */
  static <T> PCollectionTuple sides(
      String name, PCollection<T> elements, ParDo.SingleOutput<T, InteractionBlock> step) {
    PCollectionTuple sides =
        elements.apply(
            name,
            step.withOutputTags(
                WarmSplit.TRAIN,
                TupleTagList.of(
                    List.of(
                        WarmSplit.TEST,
                        WarmSplit.COLD_ITEM_TEST,
                        WarmSplit.EXCLUDED,
                        WarmSplit.COUNTS))));
    for (TupleTag<InteractionBlock> side :
        List.of(WarmSplit.TRAIN, WarmSplit.TEST, WarmSplit.COLD_ITEM_TEST, WarmSplit.EXCLUDED)) {
      sides.get(side).setCoder(BlockCoder.of());
    }
    sides.get(WarmSplit.COUNTS).setCoder(Counts.CODER);
    return sides;
  }

  /** Gives a block's rows to their sides. */
  static void output(
      SplitRule.Sides sides, DoFn<InteractionBlock, InteractionBlock>.ProcessContext context) {
    sides.train().ifPresent(context::output);
    sides.test().ifPresent(block -> context.output(WarmSplit.TEST, block));
    sides.coldItemTest().ifPresent(block -> context.output(WarmSplit.COLD_ITEM_TEST, block));
    sides.excluded().forEach(block -> context.output(WarmSplit.EXCLUDED, block));
    sides.counts().forEach((name, count) -> context.output(WarmSplit.COUNTS, KV.of(name, count)));
  }
}
