package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.input.PreparedInput;
import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
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
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * From an input to two indexed sides, checked: of rows that are read, split and indexed, or of a
 * run in which that was done before.
 */
final class PrepareData extends PTransform<PBegin, PreparedData> {
  /** The count of items that were held out or came after the split time. */
  static final String COLD_ITEMS = "cold_items";

  /** Why rows up to the split time are kept from models. */
  private static final Set<ExclusionReason> HIDDEN =
      EnumSet.of(ExclusionReason.HELD_OUT_ITEM, ExclusionReason.LEFT_OUT_USER);

  private final transient InputSource source;
  private final transient PrepareSettings settings;
  private final transient DataGate gate;

  private final transient List<PCollection<RejectedRecord>> otherRejected;
  private final transient @Nullable TuningSplit tuningSplit;

  private PrepareData(
      InputSource source,
      PrepareSettings settings,
      DataGate gate,
      List<PCollection<RejectedRecord>> otherRejected,
      @Nullable TuningSplit tuningSplit) {
    this.source = source;
    this.settings = settings;
    this.gate = gate;
    this.otherRejected = otherRejected;
    this.tuningSplit = tuningSplit;
  }

  static PrepareData of(InputSource source, PrepareSettings settings, DataGate gate) {
    return new PrepareData(source, settings, gate, List.of(), null);
  }

  /** Writes and counts these rejected rows, of another of the run's inputs, with its own. */
  PrepareData withRejected(PCollection<RejectedRecord> rejected) {
    return new PrepareData(source, settings, gate, List.of(rejected), tuningSplit);
  }

  /**
   * Splits the train side once more and goes on with these two sides: parameters are chosen on
   * them, and the rows after the split itself are not looked at.
   */
  PrepareData withTuningSplit(TuningSplit tuningSplit) {
    return new PrepareData(source, settings, gate, otherRejected, tuningSplit);
  }

  @Override
  public PreparedData expand(PBegin begin) {
    RunFiles run = gate.run();
    HeadlineSplit headline =
        source instanceof PreparedInput prepared
            ? HeadlineSplit.ofPrepared(begin, prepared, settings, otherRejected, gate)
            : HeadlineSplit.ofRows(begin, source, settings, otherRejected, gate);
    PCollectionTuple split =
        tuningSplit == null
            ? headline.sides()
            : tuningSplit.apply(headline.sides(), settings.rule());
    IndexedSplit indexed =
        tuningSplit == null && headline.isAsPrepared()
            ? IndexedSplit.copied(begin, (PreparedInput) source, split, run)
            : IndexedSplit.made(split, settings.shards(), run);
    PCollection<Item> coldItems =
        split
            .get(WarmSplit.EXCLUDED)
            .apply("ColdItems", ColdItems.ids())
            .apply("ColdCatalogue", headline.itemsOf());
    PCollection<Map<String, Long>> counts =
        PCollectionList.of(headline.counts())
            .and(tuningSplit == null ? List.of() : List.of(headlineTime(headline)))
            .and(split.get(WarmSplit.COUNTS))
            .and(split.get(WarmSplit.THRESHOLD).apply("SplitTime", new NameNumber("split_time")))
            .and(indexed.items().apply("CountIndexed", new CountElements<>("train_items")))
            .and(coldItems.apply("CountColdItems", new CountElements<>(COLD_ITEMS)))
            .apply("AllCounts", Counts.sum())
            .apply("RequireUsableSplit", requireUsableSplit(headline.rejected()));
    PCollection<InteractionBlock> excluded = split.get(WarmSplit.EXCLUDED);
    PCollection<InteractionBlock> hidden =
        excluded.apply("Hidden", Filter.by(block -> HIDDEN.contains(block.getExclusion())));
    PCollectionView<Long> splitTime =
        split.get(WarmSplit.THRESHOLD).apply("SplitTimeView", View.asSingleton());
    List<PCollection<?>> written = new ArrayList<>(indexed.written());
    written.add(headline.deadLetters());
    return new PreparedData(
        split.get(WarmSplit.TRAIN),
        hidden,
        PCollectionList.of(split.get(WarmSplit.TRAIN))
            .and(hidden)
            .apply("TrainAndHidden", Flatten.pCollections()),
        split.get(WarmSplit.TEST),
        excluded.apply("AfterSplitTime", RowsAfter.of(splitTime)),
        split.get(WarmSplit.COLD_ITEM_TEST),
        indexed.itemIds().apply("IndexedItems", headline.itemsOf()),
        coldItems,
        headline.catalogue(),
        indexed.itemIds().apply("ItemIdsView", View.asSingleton()),
        split.get(WarmSplit.ITEM_COUNTS).apply("TrainItemCounts", View.asSingleton()),
        indexed.firstUsers().apply("FirstUsers", View.asSingleton()),
        headline.statistics(),
        counts,
        counts.apply("Counts", View.asSingleton()),
        List.copyOf(written));
  }

  private static PCollection<KV<String, Long>> headlineTime(HeadlineSplit headline) {
    return headline
        .sides()
        .get(WarmSplit.THRESHOLD)
        .apply("HeadlineSplitTime", new NameNumber("headline_split_time"));
  }

  private RequireCounts requireUsableSplit(PCollection<RejectedRecord> rejected) {
    return RequireCounts.of(
        "split",
        gate.run().root(),
        tuningSplit == null ? SplitCheck.of("the split", settings) : tuningSplit.check(settings),
        rejected);
  }
}
