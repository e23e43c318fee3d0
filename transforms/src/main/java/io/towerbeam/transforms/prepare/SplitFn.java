package io.towerbeam.transforms.prepare;

import io.towerbeam.ml.data.Holdout;
import io.towerbeam.ml.data.SplitRule;
import io.towerbeam.schemas.InteractionBlock;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;

/** The rows of a block by side, and how many they are. */
final class SplitFn extends DoFn<InteractionBlock, InteractionBlock> {
  private final SplitRule rule;
  private final Holdout holdout;
  private final PCollectionView<Iterable<Long>> threshold;
  private final PCollectionView<Iterable<Map<String, Long>>> itemCounts;

  SplitFn(
      SplitRule rule,
      Holdout holdout,
      PCollectionView<Iterable<Long>> threshold,
      PCollectionView<Iterable<Map<String, Long>>> itemCounts) {
    this.rule = rule;
    this.holdout = holdout;
    this.threshold = threshold;
    this.itemCounts = itemCounts;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    SplitSteps.output(
        rule.split(
            context.element(),
            context.sideInput(threshold).iterator().next(),
            context.sideInput(itemCounts).iterator().next().keySet(),
            holdout),
        context);
  }
}
