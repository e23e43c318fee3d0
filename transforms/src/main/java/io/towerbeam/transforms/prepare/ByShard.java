package io.towerbeam.transforms.prepare;

import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.files.BlockCoder;
import io.towerbeam.transforms.write.WriteShards;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Blocks by the shard they belong to, and a shard's blocks in their order. */
public final class ByShard {
  private ByShard() {}

  /** (shard, block) of sharded blocks. */
  public static PTransform<
          PCollection<InteractionBlock>, PCollection<KV<Integer, InteractionBlock>>>
      keys() {
    return new Keys();
  }

  /** (shard, path) of files that {@link WriteShards} wrote, one a shard. */
  static PTransform<PCollection<String>, PCollection<KV<Integer, String>>> keysOfFiles() {
    return WithKeys.<Integer, String>of(WriteShards::shard).withKeyType(TypeDescriptors.integers());
  }

  /** The blocks of one shard and side in the order of their place in it. */
  public static List<InteractionBlock> inOrder(Iterable<InteractionBlock> blocks) {
    List<InteractionBlock> sorted = new ArrayList<>();
    blocks.forEach(sorted::add);
    sorted.sort(Comparator.comparingLong(InteractionBlock::getOffset));
    return sorted;
  }

  private static final class Keys
      extends PTransform<
          PCollection<InteractionBlock>, PCollection<KV<Integer, InteractionBlock>>> {
    @Override
    public PCollection<KV<Integer, InteractionBlock>> expand(PCollection<InteractionBlock> blocks) {
      return blocks
          .apply(WithKeys.of(InteractionBlock::getShard).withKeyType(TypeDescriptors.integers()))
          .setCoder(KvCoder.of(VarIntCoder.of(), BlockCoder.of()));
    }
  }
}
