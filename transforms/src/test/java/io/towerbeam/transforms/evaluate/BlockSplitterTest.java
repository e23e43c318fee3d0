package io.towerbeam.transforms.evaluate;

import static io.towerbeam.transforms.evaluate.Lists.block;
import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.ml.data.Shards;
import io.towerbeam.schemas.InteractionBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlockSplitterTest {
  @Test
  void everyRowComesOutOnceInTheShardOfItsUser() {
    List<String> rows = List.of("1:a", "2:b", "3:c", "1:d", "4:e", "5:a", "6:b", "7:c");
    Map<Integer, InteractionBlock> parts =
        BlockSplitter.split(block(rows.toArray(String[]::new)), 3);
    List<String> found = new ArrayList<>();
    parts.forEach(
        (shard, part) -> {
          InteractionColumns columns = InteractionColumns.of(part);
          for (int row = 0; row < columns.rows(); row++) {
            assertThat(Shards.of(columns.userId(row), 3)).isEqualTo(shard);
            found.add(columns.userId(row) + ":" + columns.itemId(row));
          }
        });
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(found).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void aBlockOfOneShardIsLeftAsItIs() {
    InteractionBlock block = block("1:a", "2:b");
    assertThat(BlockSplitter.split(block, 1)).containsOnlyKeys(0);
    assertThat(BlockSplitter.split(block, 1).get(0)).isSameAs(block);
  }

  @Test
  void aBlockWithoutRowsIsDropped() {
    assertThat(BlockSplitter.split(block(), 4)).isEmpty();
  }
}
