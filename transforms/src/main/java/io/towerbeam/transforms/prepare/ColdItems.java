package io.towerbeam.transforms.prepare;

import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * The items that {@link WarmSplit} excluded rows for because train does not know them: those that
 * were held out, and those that came after the threshold. Takes what it excluded; gives their ids
 * in id order, one element. The ids must fit in memory.
 */
public final class ColdItems
    extends PTransform<PCollection<InteractionBlock>, PCollection<List<String>>> {
  private static final Set<ExclusionReason> REASONS =
      EnumSet.of(ExclusionReason.COLD_ITEM, ExclusionReason.HELD_OUT_ITEM);

  private ColdItems() {}

  /** The ids of the items. */
  public static ColdItems ids() {
    return new ColdItems();
  }

  @Override
  public PCollection<List<String>> expand(PCollection<InteractionBlock> excluded) {
    PCollection<Map<String, Long>> counts =
        excluded
            .apply("OfColdItems", Filter.by(block -> REASONS.contains(block.getExclusion())))
            .apply("CountRows", ParDo.of(new CountItemsFn()))
            .setCoder(Counts.MAP_CODER)
            .apply("AddRows", MapSum.toOne(Counts.MAP_CODER))
            .setCoder(Counts.MAP_CODER);
    return IndexIds.itemIds(counts);
  }
}
