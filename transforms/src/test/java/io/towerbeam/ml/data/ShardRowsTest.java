package io.towerbeam.ml.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.schemas.InteractionBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardRowsTest {
  private static long sort(List<InteractionBlock> into, InteractionBlock... parts) {
    ShardRows rows = new ShardRows();
    for (InteractionBlock part : parts) {
      rows.add(InteractionColumns.of(part));
    }
    return rows.sortInto(2, into::add);
  }

  @Test
  void rowsAreSortedByUserThenTimeThenItem() {
    List<InteractionBlock> blocks = new ArrayList<>();
    sort(blocks, Blocks.of("10 b 5", "9 b 7", "9 10 5"), Blocks.of("9 9 5", "9 b 1"));
    assertThat(Blocks.lines(blocks)).containsExactly("9 b 1", "9 9 5", "9 10 5", "9 b 7", "10 b 5");
  }

  @Test
  void equalEventsBecomeOneWithTheHighestRating() {
    List<InteractionBlock> blocks = new ArrayList<>();
    long collapsed =
        sort(blocks, Blocks.of("u a 5 3", "u a 5"), Blocks.of("u a 5 4", "u a 6 1", "u b 5"));
    assertThat(collapsed).isEqualTo(2);
    assertThat(Blocks.lines(blocks)).containsExactly("u a 5 4.0", "u b 5", "u a 6 1.0");
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() {
    InteractionBlock first = Blocks.of("u a 5 3", "v c 1");
    InteractionBlock second = Blocks.of("u a 5", "v b 1", "w a 3");
    List<InteractionBlock> oneWay = new ArrayList<>();
    List<InteractionBlock> otherWay = new ArrayList<>();
    sort(oneWay, first, second);
    sort(otherWay, second, first);
    assertThat(oneWay).isEqualTo(otherWay);
  }

  @Test
  void aUserIsNeverCutInTwo() {
    int rows = InteractionColumns.MAX_ROWS;
    String[] lines = new String[rows + 10];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = (i < 10 ? "a" : "b") + " x " + i;
    }
    List<InteractionBlock> blocks = new ArrayList<>();
    sort(blocks, Blocks.of(lines));
    assertThat(blocks)
        .extracting(InteractionBlock::getUserIds)
        .containsExactly(List.of("a"), List.of("b"));
    assertThat(blocks).extracting(InteractionBlock::getOffset).containsExactly(0L, 1L);
    assertThat(blocks).extracting(InteractionBlock::getShard).containsOnly(2);
  }
}
