package io.towerbeam.transforms.prepare;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.WriteShards;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The sides that {@link WarmSplit} made, of a run that has written them: its outputs of the same
 * tags, but for threshold and item counts, which the run knows. Blocks come whole and as they were,
 * so that nothing is shuffled; the counts are made in the same pass.
 *
 * <p>Spread over workers by shard. The ids of a shard's test users must fit in memory. A file that
 * should be there and is not fails the pipeline; files of no name that is given are not read.
 */
@AutoValue
public abstract class ReadSides extends PTransform<PBegin, PCollectionTuple> {
  abstract Folder data();

  abstract Set<String> names();

  abstract int shards();

  /**
   * @param data where the blocks lie
   * @param names the files that there are: a shard without rows of a side has none of it
   * @param shards into how many shards the users were spread
   */
  public static ReadSides of(Folder data, Set<String> names, int shards) {
    return new AutoValue_ReadSides(data, Set.copyOf(names), shards);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollection<Integer> spread =
        begin
            .apply(
                "Shards",
                Create.of(IntStream.range(0, shards()).boxed().toList())
                    .withCoder(VarIntCoder.of()))
            .apply("SpreadShards", Reshuffle.viaRandomKey());
    return SplitSteps.sides(
        "ReadShard", spread, ParDo.of(new ReadShardFn(data(), names(), shards())));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("data", data().path())).add(DisplayData.item("shards", shards()));
  }

  private static final class ReadShardFn extends DoFn<Integer, InteractionBlock> {
    private final Folder data;
    private final Set<String> names;
    private final int shards;

    ReadShardFn(Folder data, Set<String> names, int shards) {
      this.data = data;
      this.names = names;
      this.shards = shards;
    }

    @ProcessElement
    public void process(@Element Integer shard, MultiOutputReceiver out) throws IOException {
      OutputReceiver<KV<String, Long>> counts = out.get(WarmSplit.COUNTS);
      List.of("train", "test", "cold_item_test").forEach(side -> count(side, 0, 0, counts));
      read("train", shard, WarmSplit.TRAIN, out, block -> {});
      Map<Long, Set<String>> testUsers = new HashMap<>(); // by the place of their block
      read(
          "test",
          shard,
          WarmSplit.TEST,
          out,
          block -> testUsers.put(block.getOffset(), Set.copyOf(block.getUserIds())));
      read(
          "excluded",
          shard,
          WarmSplit.EXCLUDED,
          out,
          block -> {
            if (block.getExclusion() == ExclusionReason.COLD_ITEM) {
              ofUsers(block, testUsers.getOrDefault(block.getOffset(), Set.of()), out);
            }
          });
    }

    private void read(
        String side,
        int shard,
        TupleTag<InteractionBlock> tag,
        MultiOutputReceiver out,
        Consumer<InteractionBlock> consumer)
        throws IOException {
      String name = WriteShards.name(side, shard, shards);
      if (!names.contains(name)) {
        return;
      }
      try (InputStream in = data.open(name)) {
        AvroFiles.read(
            in,
            InteractionBlock.class,
            block -> {
              out.get(tag).output(block);
              count(countOf(side, block), block, out.get(WarmSplit.COUNTS));
              consumer.accept(block);
            });
      }
    }

    /** The rows of a block of these of its users, the block's others left out. */
    private static void ofUsers(
        InteractionBlock block, Set<String> users, MultiOutputReceiver out) {
      InteractionColumns rows = InteractionColumns.of(block);
      BlockBuilder kept = new BlockBuilder();
      for (int row = 0; row < rows.rows(); row++) {
        if (users.contains(rows.userId(row))) {
          kept.add(rows, row);
        }
      }
      if (kept.rows() > 0) {
        InteractionBlock cold =
            kept.build("", block.getOffset(), block.getShard(), block.getExclusion());
        out.get(WarmSplit.COLD_ITEM_TEST).output(cold);
        count("cold_item_test", cold, out.get(WarmSplit.COUNTS));
      }
    }

    private static String countOf(String side, InteractionBlock block) {
      return block.getExclusion() == null
          ? side
          : side + "_" + block.getExclusion().name().toLowerCase(Locale.ROOT);
    }

    private static void count(
        String side, InteractionBlock block, OutputReceiver<KV<String, Long>> counts) {
      count(side, InteractionColumns.rows(block), block.getUserIds().size(), counts);
    }

    private static void count(
        String side, long rows, long users, OutputReceiver<KV<String, Long>> counts) {
      counts.output(KV.of(side + "_interactions", rows));
      counts.output(KV.of(side + "_users", users));
    }
  }
}
