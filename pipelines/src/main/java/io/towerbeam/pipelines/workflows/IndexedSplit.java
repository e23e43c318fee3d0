package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.PreparedInput;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.prepare.FirstUsers;
import io.towerbeam.transforms.prepare.IndexIds;
import io.towerbeam.transforms.prepare.TrainFiles;
import io.towerbeam.transforms.prepare.WarmSplit;
import io.towerbeam.transforms.write.RunFiles;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The numbers of a split's users and items, with sides and numbers in the run's own files.
 *
 * @param itemIds the indexed items in index order, one element
 * @param items the same, an element each
 * @param firstUsers the index of the first user of each shard, one element
 * @param trainFiles those of the train side among the files
 * @param written the files
 */
record IndexedSplit(
    PCollection<List<String>> itemIds,
    PCollection<String> items,
    PCollection<Map<Integer, Long>> firstUsers,
    PCollection<String> trainFiles,
    List<PCollection<?>> written) {

  /** Numbers them and writes all of it. */
  static IndexedSplit made(PCollectionTuple split, int shards, RunFiles run) {
    PCollectionTuple index = split.apply("IndexIds", IndexIds.create());
    PCollection<KV<String, Long>> train = side(WarmSplit.TRAIN, split, shards, run);
    return of(
        index.get(IndexIds.ITEM_IDS),
        index.get(IndexIds.FIRST_USERS),
        train,
        List.of(
            train,
            side(WarmSplit.TEST, split, shards, run),
            side(WarmSplit.EXCLUDED, split, shards, run),
            index.get(IndexIds.ITEMS).apply("WriteItemIndex", RunWriters.itemIndex(run)),
            index.get(IndexIds.USERS).apply("WriteUserIndex", RunWriters.userIndex(run, shards))));
  }

  /** Takes the numbers of a prepared run, and copies its files. */
  static IndexedSplit copied(
      PBegin begin, PreparedInput prepared, PCollectionTuple split, RunFiles run) {
    PCollection<KV<String, Long>> copied = begin.apply("CopyPrepared", prepared.copyTo(run));
    return of(
        IndexIds.itemIds(split.get(WarmSplit.ITEM_COUNTS)),
        begin.apply("FirstUsers", FirstUsers.in(prepared.run().index())),
        copied,
        List.of(copied));
  }

  private static IndexedSplit of(
      PCollection<List<String>> itemIds,
      PCollection<Map<Integer, Long>> firstUsers,
      PCollection<KV<String, Long>> files,
      List<PCollection<?>> written) {
    PCollection<String> items =
        itemIds.apply(
            "IndexedIds", FlatMapElements.into(TypeDescriptors.strings()).via(ids -> ids));
    return new IndexedSplit(
        itemIds, items, firstUsers, files.apply("TrainFiles", TrainFiles.written()), written);
  }

  private static PCollection<KV<String, Long>> side(
      TupleTag<InteractionBlock> side, PCollectionTuple split, int shards, RunFiles run) {
    String name = side.getId();
    return split.get(side).apply("Write_" + name, RunWriters.blocks(run, name, shards));
  }
}
