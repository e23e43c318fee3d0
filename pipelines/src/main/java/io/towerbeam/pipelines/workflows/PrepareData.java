package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.prepare.ColdItems;
import io.towerbeam.transforms.prepare.Counts;
import io.towerbeam.transforms.prepare.IdSet;
import io.towerbeam.transforms.prepare.IndexIds;
import io.towerbeam.transforms.prepare.IndexedItems;
import io.towerbeam.transforms.prepare.RowsAfter;
import io.towerbeam.transforms.prepare.ShardByUser;
import io.towerbeam.transforms.prepare.WarmSplit;
import io.towerbeam.transforms.write.RequireCounts;
import io.towerbeam.transforms.write.RunFiles;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** From the input files to two indexed sides: read, reject, filter, shard, split, index, check. */
final class PrepareData extends PTransform<PBegin, PreparedData> {
  /** The count of items that were held out or came after the split time. */
  static final String COLD_ITEMS = "cold_items";

  /** Why rows up to the split time are kept from models. */
  private static final Set<ExclusionReason> HIDDEN =
      EnumSet.of(ExclusionReason.HELD_OUT_ITEM, ExclusionReason.LEFT_OUT_USER);

  private final transient InputSource source;
  private final transient PrepareSettings settings;
  private final transient RunFiles run;

  private final transient List<PCollection<RejectedRecord>> otherRejected;
  private final transient @Nullable TuningSplit tuningSplit;

  private PrepareData(
      InputSource source,
      PrepareSettings settings,
      RunFiles run,
      List<PCollection<RejectedRecord>> otherRejected,
      @Nullable TuningSplit tuningSplit) {
    this.source = source;
    this.settings = settings;
    this.run = run;
    this.otherRejected = otherRejected;
    this.tuningSplit = tuningSplit;
  }

  static PrepareData of(InputSource source, PrepareSettings settings, RunFiles run) {
    return new PrepareData(source, settings, run, List.of(), null);
  }

  /** Writes and counts these rejected rows, of another of the run's inputs, with its own. */
  PrepareData withRejected(PCollection<RejectedRecord> rejected) {
    return new PrepareData(source, settings, run, List.of(rejected), tuningSplit);
  }

  /**
   * Splits the train side once more and goes on with these two sides: parameters are chosen on
   * them, and the rows after the split itself are not looked at.
   */
  PrepareData withTuningSplit(TuningSplit tuningSplit) {
    return new PrepareData(source, settings, run, otherRejected, tuningSplit);
  }

  @Override
  public PreparedData expand(PBegin begin) {
    InputSource.Rows rows = source.read(begin);
    PCollectionView<Map<String, Boolean>> catalogueIds = ids(rows.items());
    AcceptedRows accepted =
        AcceptedRows.of(
            rows,
            settings.filter(source.hasCatalogue() ? catalogueIds : null),
            otherRejected,
            InputCheck.of(settings.maxRejectedFraction(), run),
            run);
    PCollection<RejectedRecord> rejected = accepted.rejected();

    PCollectionTuple sharded =
        accepted.interactions().apply("ShardByUser", ShardByUser.into(settings.shards()));
    PCollectionTuple headline =
        sharded.get(ShardByUser.BLOCKS).apply("WarmSplit", settings.warmSplit());
    PCollectionTuple split =
        tuningSplit == null ? headline : tuningSplit.apply(headline, settings.rule());
    PCollectionTuple index = split.apply("IndexIds", IndexIds.create());
    PCollection<Item> coldItems =
        split
            .get(WarmSplit.EXCLUDED)
            .apply("ColdItems", ColdItems.ids())
            .apply("ColdCatalogue", IndexedItems.of(rows.items(), catalogueIds));
    PCollection<Map<String, Long>> counts =
        PCollectionList.of(accepted.counts())
            .and(tuningSplit == null ? List.of() : List.of(headlineTime(headline)))
            .and(sharded.get(ShardByUser.COUNTS))
            .and(split.get(WarmSplit.COUNTS))
            .and(split.get(WarmSplit.THRESHOLD).apply("SplitTime", new NameNumber("split_time")))
            .and(
                index.get(IndexIds.ITEMS).apply("CountIndexed", new CountElements<>("train_items")))
            .and(coldItems.apply("CountColdItems", new CountElements<>(COLD_ITEMS)))
            .apply("AllCounts", Counts.sum())
            .apply("RequireUsableSplit", requireUsableSplit(rejected));
    PCollection<InteractionBlock> excluded = split.get(WarmSplit.EXCLUDED);
    PCollection<InteractionBlock> hidden =
        excluded.apply("Hidden", Filter.by(block -> HIDDEN.contains(block.getExclusion())));
    PCollectionView<Long> splitTime =
        split.get(WarmSplit.THRESHOLD).apply("SplitTimeView", View.asSingleton());
    return new PreparedData(
        split.get(WarmSplit.TRAIN),
        hidden,
        PCollectionList.of(split.get(WarmSplit.TRAIN))
            .and(hidden)
            .apply("TrainAndHidden", Flatten.pCollections()),
        split.get(WarmSplit.TEST),
        excluded.apply("AfterSplitTime", RowsAfter.of(splitTime)),
        split.get(WarmSplit.COLD_ITEM_TEST),
        index
            .get(IndexIds.ITEM_IDS)
            .apply("IndexedItems", IndexedItems.of(rows.items(), catalogueIds)),
        coldItems,
        index.get(IndexIds.ITEM_IDS).apply("ItemIds", View.asSingleton()),
        split.get(WarmSplit.ITEM_COUNTS).apply("TrainItemCounts", View.asSingleton()),
        index.get(IndexIds.FIRST_USERS).apply("FirstUsers", View.asSingleton()),
        counts,
        counts.apply("Counts", View.asSingleton()),
        written(split, index, accepted.deadLetters()));
  }

  private static PCollection<KV<String, Long>> headlineTime(PCollectionTuple headline) {
    return headline
        .get(WarmSplit.THRESHOLD)
        .apply("HeadlineSplitTime", new NameNumber("headline_split_time"));
  }

  private static PCollectionView<Map<String, Boolean>> ids(PCollection<Item> items) {
    return items
        .apply("ItemId", MapElements.into(TypeDescriptors.strings()).via(Item::getId))
        .setCoder(StringUtf8Coder.of())
        .apply("CatalogueIds", IdSet.view());
  }

  private RequireCounts requireUsableSplit(PCollection<RejectedRecord> rejected) {
    return RequireCounts.of(
        "split",
        run.root(),
        tuningSplit == null ? SplitCheck.of("the split", settings) : tuningSplit.check(settings),
        rejected);
  }

  private List<PCollection<?>> written(
      PCollectionTuple split, PCollectionTuple index, PCollection<?> deadLetters) {
    return List.of(
        deadLetters,
        side(WarmSplit.TRAIN, split),
        side(WarmSplit.TEST, split),
        side(WarmSplit.EXCLUDED, split),
        index.get(IndexIds.ITEMS).apply("WriteItemIndex", RunWriters.itemIndex(run)),
        index
            .get(IndexIds.USERS)
            .apply("WriteUserIndex", RunWriters.userIndex(run, settings.shards())));
  }

  private PCollection<?> side(TupleTag<InteractionBlock> side, PCollectionTuple split) {
    String name = side.getId();
    return split.get(side).apply("Write_" + name, RunWriters.blocks(run, name, settings.shards()));
  }
}
