package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.input.PreparedInput;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.prepare.Counts;
import io.towerbeam.transforms.prepare.IdSet;
import io.towerbeam.transforms.prepare.IndexedItems;
import io.towerbeam.transforms.prepare.ShardByUser;
import io.towerbeam.transforms.prepare.WarmSplit;
import io.towerbeam.transforms.write.RequireCounts;
import io.towerbeam.transforms.write.RunFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The split that models are judged by, of whatever input.
 *
 * @param sides all that {@link WarmSplit} gives
 * @param catalogue all items that are known
 * @param catalogueIds their ids
 * @param rejected the bad rows
 * @param deadLetters their files
 * @param counts what was counted on the way to the split; there only if the checks passed
 * @param statistics what the data are like; there only if they passed their checks
 * @param isAsPrepared whether it is that of a prepared run, as it is
 */
record HeadlineSplit(
    PCollectionTuple sides,
    PCollection<Item> catalogue,
    PCollectionView<Map<String, Boolean>> catalogueIds,
    PCollection<RejectedRecord> rejected,
    PCollection<?> deadLetters,
    List<PCollection<KV<String, Long>>> counts,
    PCollection<DataStatistics> statistics,
    boolean isAsPrepared) {

  /** Reads, rejects, filters, shards and splits. */
  static HeadlineSplit ofRows(
      PBegin begin,
      InputSource source,
      PrepareSettings settings,
      List<PCollection<RejectedRecord>> otherRejected,
      DataGate gate) {
    RunFiles run = gate.run();
    InputSource.Rows rows = source.read(begin);
    PCollectionView<Map<String, Boolean>> catalogueIds = ids(rows.items());
    AcceptedRows accepted =
        AcceptedRows.of(
            rows,
            settings.filter(source.hasCatalogue() ? catalogueIds : null),
            otherRejected,
            InputCheck.of(settings.maxRejectedFraction(), run),
            run);
    PCollectionTuple sharded = sharded(accepted, settings);
    PCollectionView<Map<String, Long>> counts =
        sum(PCollectionList.of(accepted.counts()).and(sharded.get(ShardByUser.COUNTS)));
    PCollection<DataStatistics> statistics =
        gate.describe(sharded.get(ShardByUser.BLOCKS), source.columns(), counts);
    return split(accepted, sharded, catalogueIds, settings, statistics);
  }

  /** Takes the split of a prepared run, or splits its rows anew if another one is asked for. */
  static HeadlineSplit ofPrepared(
      PBegin begin,
      PreparedInput prepared,
      PrepareSettings settings,
      List<PCollection<RejectedRecord>> otherRejected,
      DataGate gate) {
    RunFiles run = gate.run();
    PCollectionTuple sides = prepared.readSides(begin);
    InputSource.Rows rows = prepared.rows(begin, sides);
    AcceptedRows accepted =
        AcceptedRows.ofPrepared(
            rows,
            readCounts(prepared, sides, rows, run),
            otherRejected,
            InputCheck.of(settings.maxRejectedFraction(), run),
            run);
    PCollectionView<Map<String, Boolean>> catalogueIds = ids(rows.items());
    PCollectionView<Map<String, Long>> counts = sum(PCollectionList.of(accepted.counts()));
    PCollection<DataStatistics> statistics = gate.require(prepared.readStatistics(begin), counts);
    boolean isAsPrepared = settings.splitsAs(PrepareSettings.of(prepared.options()));
    return isAsPrepared
        ? new HeadlineSplit(
            withIndex(begin, prepared, sides),
            accepted.items(),
            catalogueIds,
            accepted.rejected(),
            accepted.deadLetters(),
            List.of(accepted.counts(), statistics.apply("CountData", new CountData())),
            statistics,
            true)
        : split(accepted, sharded(accepted, settings), catalogueIds, settings, statistics);
  }

  private static PCollectionTuple sharded(AcceptedRows accepted, PrepareSettings settings) {
    return accepted.interactions().apply("ShardByUser", ShardByUser.into(settings.shards()));
  }

  private static PCollectionView<Map<String, Long>> sum(PCollectionList<KV<String, Long>> counts) {
    return counts.apply("CountsBefore", Counts.sum()).apply("CountsBeforeView", View.asSingleton());
  }

  /** Another split of the same rows, whatever side they are on. */
  HeadlineSplit again(PrepareSettings settings) {
    PCollectionTuple sharded =
        PCollectionList.of(sides.get(WarmSplit.TRAIN))
            .and(sides.get(WarmSplit.TEST))
            .and(sides.get(WarmSplit.EXCLUDED))
            .apply("AllRows", Flatten.pCollections())
            .apply("ShardByUser", ShardByUser.into(settings.shards()));
    return new HeadlineSplit(
        sharded.get(ShardByUser.BLOCKS).apply("WarmSplit", settings.warmSplit()),
        catalogue,
        catalogueIds,
        rejected,
        deadLetters,
        counts,
        statistics,
        false);
  }

  private static HeadlineSplit split(
      AcceptedRows accepted,
      PCollectionTuple sharded,
      PCollectionView<Map<String, Boolean>> catalogueIds,
      PrepareSettings settings,
      PCollection<DataStatistics> statistics) {
    return new HeadlineSplit(
        sharded.get(ShardByUser.BLOCKS).apply("WarmSplit", settings.warmSplit()),
        accepted.items(),
        catalogueIds,
        accepted.rejected(),
        accepted.deadLetters(),
        List.of(
            accepted.counts(),
            sharded.get(ShardByUser.COUNTS),
            statistics.apply("CountData", new CountData())),
        statistics,
        false);
  }

  /** What was counted when the run was prepared, once its files are found to be what it says. */
  private static PCollection<KV<String, Long>> readCounts(
      PreparedInput prepared, PCollectionTuple sides, InputSource.Rows rows, RunFiles run) {
    PCollection<Map<String, Long>> found =
        PCollectionList.of(sides.get(WarmSplit.COUNTS))
            .and(rows.rejected().apply("CountDeadLetters", new CountElements<>("rows_rejected")))
            .and(rows.items().apply("CountCatalogue", new CountElements<>("catalogue_items")))
            .apply("FileCounts", Counts.sum())
            .apply(
                "RequireWholeRun",
                RequireCounts.of(
                    "prepared run", run.root(), PreparedCheck.of(prepared), rows.rejected()));
    List<KV<String, Long>> counts = new ArrayList<>();
    prepared.readCounts().forEach((name, count) -> counts.add(KV.of(name, count)));
    return rows.items()
        .getPipeline()
        .apply("CountedBefore", Create.of(counts).withCoder(Counts.CODER))
        .apply("AfterWholeRunCheck", Wait.on(found))
        .setCoder(Counts.CODER);
  }

  private static PCollectionTuple withIndex(
      PBegin begin, PreparedInput prepared, PCollectionTuple sides) {
    PCollection<KV<String, Long>> items =
        prepared
            .readItemIndex(begin)
            .apply(
                "ItemCount",
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()))
                    .via((IndexEntry entry) -> KV.of(entry.getId(), entry.getTrainInteractions())))
            .setCoder(Counts.CODER);
    return sides
        .and(WarmSplit.ITEM_COUNTS, PCollectionList.of(items).apply("ItemCounts", Counts.sum()))
        .and(
            WarmSplit.THRESHOLD,
            begin.apply(
                "PreparedSplitTime", Create.of(prepared.splitTime()).withCoder(VarLongCoder.of())));
  }

  private static PCollectionView<Map<String, Boolean>> ids(PCollection<Item> items) {
    return items
        .apply("ItemId", MapElements.into(TypeDescriptors.strings()).via(Item::getId))
        .setCoder(StringUtf8Coder.of())
        .apply("CatalogueIds", IdSet.view());
  }

  /** The step that gives the catalogue rows of items by their ids. */
  IndexedItems itemsOf() {
    return IndexedItems.of(catalogue, catalogueIds);
  }
}
