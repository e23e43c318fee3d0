package io.towerbeam.transforms.prepare;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.Buckets;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.ml.data.ShardRows;
import io.towerbeam.ml.data.Shards;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.files.BlockCoder;
import java.util.Arrays;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Brings all interactions of a user together: blocks in which each user stands whole, rows sorted
 * by (user, time, item), rows equal in all three collapsed to the one with the highest rating.
 *
 * <p>Users go to shards by {@link Shards}; {@code offset} is the block's place in its shard. The
 * output depends on the set of input rows alone, not on their files or order. A shard's rows must
 * fit in a worker's memory, at about 50 bytes a row while it is sorted: choose {@code shards} so
 * that none has more than some millions.
 */
@AutoValue
public abstract class ShardByUser
    extends PTransform<PCollection<InteractionBlock>, PCollectionTuple> {
  /** The sharded blocks. */
  public static final TupleTag<InteractionBlock> BLOCKS = new TupleTag<>("blocks") {};

  /** Counts by name: {@code duplicates_collapsed}. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  abstract int shards();

  /**
   * @param shards number of shards, 1 to 4096
   */
  public static ShardByUser into(int shards) {
    if (shards < 1 || shards > 4096) {
      throw new IllegalArgumentException("shards must be 1 to 4096, not " + shards);
    }
    return new AutoValue_ShardByUser(shards);
  }

  @Override
  public PCollectionTuple expand(PCollection<InteractionBlock> blocks) {
    Coder<InteractionBlock> blockCoder = BlockCoder.of();
    PCollectionTuple sorted =
        blocks
            .apply("CutIntoShards", ParDo.of(new CutIntoShardsFn(shards())))
            .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
            // (shard, [packed block]): a runner that groups in memory copies what it groups, and as
            // objects the ids of blocks cut so small outweigh their rows
            .apply("GroupByShard", GroupByKey.create())
            .apply(
                "SortShard",
                ParDo.of(new SortShardFn()).withOutputTags(BLOCKS, TupleTagList.of(COUNTS)));
    sorted.get(BLOCKS).setCoder(blockCoder);
    sorted.get(COUNTS).setCoder(Counts.CODER);
    return sorted;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("shards", shards()));
  }

  private static final class CutIntoShardsFn extends DoFn<InteractionBlock, KV<Integer, byte[]>> {
    private final int shards;

    CutIntoShardsFn(int shards) {
      this.shards = shards;
    }

    @ProcessElement
    public void process(@Element InteractionBlock block, OutputReceiver<KV<Integer, byte[]>> out) {
      InteractionColumns rows = InteractionColumns.of(block);
      int[] shardOfUser = new int[rows.userIds().size()];
      for (int user = 0; user < shardOfUser.length; user++) {
        shardOfUser[user] = Shards.of(rows.userIds().get(user), shards);
      }
      int[] shardOfRow = Arrays.stream(rows.users()).map(user -> shardOfUser[user]).toArray();
      Buckets byShard = Buckets.of(shardOfRow, shards);
      BlockBuilder builder = new BlockBuilder();
      for (int shard = 0; shard < shards; shard++) {
        for (int i = byShard.starts()[shard]; i < byShard.starts()[shard + 1]; i++) {
          builder.add(rows, byShard.rows()[i]);
        }
        if (builder.rows() > 0) {
          out.output(KV.of(shard, BlockCoder.pack(builder.build("", 0, shard, null))));
        }
      }
    }
  }

  private static final class SortShardFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, InteractionBlock> {
    private final Counter duplicates = Metrics.counter(ShardByUser.class, "duplicates_collapsed");

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> shard, MultiOutputReceiver out) {
      ShardRows rows = new ShardRows();
      shard
          .getValue()
          .forEach(packed -> rows.add(InteractionColumns.of(BlockCoder.unpack(packed))));
      long collapsed = rows.sortInto(shard.getKey(), out.get(BLOCKS)::output);
      duplicates.inc(collapsed);
      out.get(COUNTS).output(KV.of("duplicates_collapsed", collapsed));
    }
  }
}
