package io.towerbeam.pipelines.workflows;

import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.transforms.prepare.ColdItems;
import io.towerbeam.transforms.prepare.Counts;
import io.towerbeam.transforms.prepare.RowsAfter;
import io.towerbeam.transforms.prepare.WarmSplit;
import io.towerbeam.transforms.write.RequireCounts;
import io.towerbeam.transforms.write.RunFiles;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * A split with its numbers, on the way to be counted and checked.
 *
 * @param sides all that {@link WarmSplit} gives
 * @param indexed the numbers of its users and items
 * @param headline the split that it was made of
 * @param place where its files lie
 */
record CheckedSplit(
    PCollectionTuple sides, IndexedSplit indexed, HeadlineSplit headline, RunFiles place) {
  /** The count of items that were held out or came after the split time. */
  static final String COLD_ITEMS = "cold_items";

  /** Why rows up to the split time are kept from models. */
  private static final Set<ExclusionReason> HIDDEN =
      EnumSet.of(ExclusionReason.HELD_OUT_ITEM, ExclusionReason.LEFT_OUT_USER);

  static CheckedSplit of(
      PCollectionTuple sides, IndexedSplit indexed, HeadlineSplit headline, RunFiles place) {
    return new CheckedSplit(sides, indexed, headline, place);
  }

  /**
   * Adds the steps.
   *
   * @param before what was counted on the way to the split
   * @param check lets all counts pass, or ends the run
   */
  PreparedData prepared(List<PCollection<KV<String, Long>>> before, RequireCounts check) {
    PCollection<InteractionBlock> excluded = sides.get(WarmSplit.EXCLUDED);
    PCollection<Item> coldItems =
        excluded.apply("ColdItems", ColdItems.ids()).apply("ColdCatalogue", headline.itemsOf());
    PCollection<Map<String, Long>> counts =
        PCollectionList.of(before)
            .and(sides.get(WarmSplit.COUNTS))
            .and(sides.get(WarmSplit.THRESHOLD).apply("SplitTime", new NameNumber("split_time")))
            .and(indexed.items().apply("CountIndexed", new CountElements<>("train_items")))
            .and(coldItems.apply("CountColdItems", new CountElements<>(COLD_ITEMS)))
            .apply("AllCounts", Counts.sum())
            .apply("RequireUsableSplit", check);
    PCollection<InteractionBlock> train = sides.get(WarmSplit.TRAIN);
    PCollection<InteractionBlock> hidden =
        excluded.apply("Hidden", Filter.by(block -> HIDDEN.contains(block.getExclusion())));
    PCollectionView<Long> splitTime =
        sides.get(WarmSplit.THRESHOLD).apply("SplitTimeView", View.asSingleton());
    List<PCollection<?>> written = new ArrayList<>(indexed.written());
    written.add(headline.deadLetters());
    return new PreparedData(
        place,
        headline,
        indexed.trainFiles(),
        hidden,
        PCollectionList.of(train).and(hidden).apply("TrainAndHidden", Flatten.pCollections()),
        sides.get(WarmSplit.TEST),
        excluded.apply("AfterSplitTime", RowsAfter.of(splitTime)),
        sides.get(WarmSplit.COLD_ITEM_TEST),
        indexed.itemIds().apply("IndexedItems", headline.itemsOf()),
        coldItems,
        headline.catalogue(),
        indexed.itemIds().apply("ItemIdsView", View.asSingleton()),
        sides.get(WarmSplit.ITEM_COUNTS).apply("TrainItemCounts", View.asSingleton()),
        indexed.firstUsers().apply("FirstUsers", View.asSingleton()),
        headline.statistics(),
        counts,
        counts.apply("Counts", View.asSingleton()),
        List.copyOf(written));
  }
}
