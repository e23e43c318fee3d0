package io.towerbeam.transforms.evaluate;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.ml.data.Shards;
import io.towerbeam.schemas.InteractionBlock;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cuts blocks so that all users of a block hash to one shard. */
final class BlockSplitter {
  private BlockSplitter() {}

  /**
   * The rows of {@code block} by shard, in their order; the block itself where one shard has all of
   * its users, as after sharding by the same number. Empty for a block without rows.
   */
  static SortedMap<Integer, InteractionBlock> split(InteractionBlock block, int shards) {
    int[] shardOfUser =
        block.getUserIds().stream().mapToInt(user -> Shards.of(user, shards)).toArray();
    SortedMap<Integer, InteractionBlock> parts = new TreeMap<>();
    if (Arrays.stream(shardOfUser).distinct().count() == 1) {
      parts.put(shardOfUser[0], block);
      return parts;
    }
    SortedMap<Integer, BlockBuilder> builders = new TreeMap<>();
    InteractionColumns columns = InteractionColumns.of(block);
    for (int row = 0; row < columns.rows(); row++) {
      builders
          .computeIfAbsent(shardOfUser[columns.users()[row]], shard -> new BlockBuilder())
          .add(columns, row);
    }
    builders.forEach(
        (shard, rows) ->
            parts.put(
                shard,
                rows.build(block.getSource(), block.getOffset(), shard, block.getExclusion())));
    return parts;
  }
}
