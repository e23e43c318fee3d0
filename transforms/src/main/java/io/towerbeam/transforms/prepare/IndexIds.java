package io.towerbeam.transforms.prepare;

import io.towerbeam.ml.data.IdOrder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InteractionBlock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Gives users and items of the train side their dense indexes. Takes what {@link WarmSplit} gives.
 *
 * <p>Items are numbered by rank in {@link IdOrder}: the item ids must fit in memory. Users are
 * numbered shard by shard in the order of the train blocks, so that reading the training shards
 * from first to last meets users 0, 1, 2, …; the number of users per shard is all that workers have
 * to share for it.
 */
public final class IndexIds extends PTransform<PCollectionTuple, PCollectionTuple> {
  /** Entries of all items, in no order. */
  public static final TupleTag<IndexEntry> ITEMS = new TupleTag<>("items") {};

  /** All item ids in index order, one element. */
  public static final TupleTag<List<String>> ITEM_IDS = new TupleTag<>("itemIds") {};

  /** (shard, entry) of all users, in no order. */
  public static final TupleTag<KV<Integer, IndexEntry>> USERS = new TupleTag<>("users") {};

  /** The index of the first user of each shard, one element; shards without users are left out. */
  public static final TupleTag<Map<Integer, Long>> FIRST_USERS = new TupleTag<>("firstUsers") {};

  private static final TupleTag<InteractionBlock> BLOCKS = new TupleTag<>("blocks") {};

  static final Coder<Map<Integer, Long>> BY_SHARD =
      MapCoder.of(VarIntCoder.of(), VarLongCoder.of());

  private IndexIds() {}

  /** Indexes users and items of a split. */
  public static IndexIds create() {
    return new IndexIds();
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple split) {
    PCollection<Map<String, Long>> itemCounts = split.get(WarmSplit.ITEM_COUNTS);
    PCollection<InteractionBlock> train = split.get(WarmSplit.TRAIN);
    PCollection<IndexEntry> items =
        itemCounts
            .apply("IndexItems", ParDo.of(new IndexItemsFn()))
            .setCoder(AvroCoder.specific(IndexEntry.class));
    PCollection<List<String>> itemIds = itemIds(itemCounts);
    PCollection<Map<Integer, Long>> firstUsers = firstUsers(train);
    PCollectionView<Iterable<Map<Integer, Long>>> view =
        firstUsers.apply("FirstUsers", View.asIterable());
    KeyedPCollectionTuple<Integer> byShard =
        KeyedPCollectionTuple.of(BLOCKS, train.apply("KeyByShard", ByShard.keys()));
    PCollection<KV<Integer, IndexEntry>> users =
        Await.join(byShard, List.of(view), VarIntCoder.of())
            // (shard, [block])
            .apply("GroupByShard", CoGroupByKey.create())
            .apply("IndexUsers", ParDo.of(new IndexUsersFn(view)).withSideInputs(view))
            .setCoder(KvCoder.of(VarIntCoder.of(), AvroCoder.specific(IndexEntry.class)));
    return PCollectionTuple.of(ITEMS, items)
        .and(ITEM_IDS, itemIds)
        .and(USERS, users)
        .and(FIRST_USERS, firstUsers);
  }

  /** {@link #ITEM_IDS} of the counted items, one map. */
  public static PCollection<List<String>> itemIds(PCollection<Map<String, Long>> itemCounts) {
    return itemCounts
        .apply("ItemIds", ParDo.of(new ItemIdsFn()))
        .setCoder(ListCoder.of(StringUtf8Coder.of()));
  }

  private static PCollection<Map<Integer, Long>> firstUsers(PCollection<InteractionBlock> train) {
    return train
        .apply("CountUsers", ParDo.of(new CountUsersFn()))
        .setCoder(BY_SHARD)
        .apply("AddUsers", MapSum.toOne(BY_SHARD))
        .apply("AddShardsBefore", ParDo.of(new AddShardsBeforeFn()))
        .setCoder(BY_SHARD);
  }

  private static List<String> sorted(Map<String, Long> itemCounts) {
    return itemCounts.keySet().stream().sorted(IdOrder.INSTANCE).toList();
  }

  private static final class IndexItemsFn extends DoFn<Map<String, Long>, IndexEntry> {
    @ProcessElement
    public void process(@Element Map<String, Long> counts, OutputReceiver<IndexEntry> out) {
      int index = 0;
      for (String id : sorted(counts)) {
        out.output(new IndexEntry(index++, id, counts.get(id)));
      }
    }
  }

  private static final class ItemIdsFn extends DoFn<Map<String, Long>, List<String>> {
    @ProcessElement
    public void process(@Element Map<String, Long> counts, OutputReceiver<List<String>> out) {
      out.output(sorted(counts));
    }
  }

  private static final class CountUsersFn extends DoFn<InteractionBlock, Map<Integer, Long>> {
    @ProcessElement
    public void process(@Element InteractionBlock block, OutputReceiver<Map<Integer, Long>> out) {
      out.output(Map.of(block.getShard(), (long) block.getUserIds().size()));
    }
  }

  private static final class AddShardsBeforeFn
      extends DoFn<Map<Integer, Long>, Map<Integer, Long>> {
    @ProcessElement
    public void process(@Element Map<Integer, Long> users, OutputReceiver<Map<Integer, Long>> out) {
      Map<Integer, Long> first = new TreeMap<>();
      long before = 0;
      for (Map.Entry<Integer, Long> shard : new TreeMap<>(users).entrySet()) {
        first.put(shard.getKey(), before);
        before += shard.getValue();
      }
      out.output(first);
    }
  }

  private static final class IndexUsersFn
      extends DoFn<KV<Integer, CoGbkResult>, KV<Integer, IndexEntry>> {
    private final PCollectionView<Iterable<Map<Integer, Long>>> firstUsers; // one map

    IndexUsersFn(PCollectionView<Iterable<Map<Integer, Long>>> firstUsers) {
      this.firstUsers = firstUsers;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      int shard = context.element().getKey();
      int index = Math.toIntExact(context.sideInput(firstUsers).iterator().next().get(shard));
      for (InteractionBlock block : ByShard.inOrder(context.element().getValue().getAll(BLOCKS))) {
        long[] rows = new long[block.getUserIds().size()];
        for (int user : InteractionColumns.of(block).users()) {
          rows[user]++;
        }
        for (int user = 0; user < rows.length; user++) {
          context.output(
              KV.of(shard, new IndexEntry(index++, block.getUserIds().get(user), rows[user])));
        }
      }
    }
  }
}
