package io.towerbeam.pipelines.workflows;

import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.transforms.prepare.Counts;
import io.towerbeam.transforms.prepare.FirstUsers;
import io.towerbeam.transforms.prepare.IdSet;
import io.towerbeam.transforms.prepare.IndexIds;
import io.towerbeam.transforms.prepare.TrainFiles;
import io.towerbeam.transforms.read.ReadAvro;
import io.towerbeam.transforms.write.RunFiles;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Keys;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * What a published run knows of its users and items.
 *
 * @param trainFiles the files of its train side
 * @param itemIds the indexed items in index order
 * @param knownItems the same as keys
 * @param itemCounts train interactions by item
 * @param firstUsers the index of the first user of each shard
 */
record ServedData(
    PCollection<String> trainFiles,
    PCollectionView<List<String>> itemIds,
    PCollectionView<Map<String, Boolean>> knownItems,
    PCollectionView<Map<String, Long>> itemCounts,
    PCollectionView<Map<Integer, Long>> firstUsers) {

  /** Adds the reading steps. */
  static ServedData read(Pipeline pipeline, RunFiles run) {
    PCollection<KV<String, Long>> items =
        pipeline
            .apply("ReadItemIndex", ReadAvro.of(IndexEntry.class, run.index().file("items-*.avro")))
            .apply(
                "ItemCount",
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()))
                    .via(entry -> KV.of(entry.getId(), entry.getTrainInteractions())))
            .setCoder(Counts.CODER);
    PCollection<Map<String, Long>> itemCounts =
        PCollectionList.of(items).apply("ItemCounts", Counts.sum());
    return new ServedData(
        pipeline.apply("TrainFiles", TrainFiles.in(run.data())),
        IndexIds.itemIds(itemCounts).apply("ItemIdsView", View.asSingleton()),
        items
            .apply("KnownItem", Keys.create())
            .setCoder(StringUtf8Coder.of())
            .apply("KnownItems", IdSet.view()),
        itemCounts.apply("ItemCountsView", View.asSingleton()),
        pipeline
            .apply("FirstUsers", FirstUsers.in(run.index()))
            .apply("FirstUsersView", View.asSingleton()));
  }
}
