package io.towerbeam.ml.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InteractionMatrixTest {
  private static final InteractionMatrix MATRIX =
      new InteractionMatrix(3, 4, new int[] {0, 4, 4, 6}, new int[] {3, 0, 3, 1, 3, 0});

  @Test
  void distinctHasEachPairOnceAndItemsAscending() {
    InteractionMatrix distinct = MATRIX.distinct();
    assertThat(distinct.offsets()).containsExactly(0, 3, 3, 5);
    assertThat(distinct.items()).containsExactly(0, 1, 3, 0, 3);
  }

  @Test
  void transposedHasTheUsersOfEachItem() {
    InteractionMatrix byItem = MATRIX.transposed();
    assertThat(byItem.userCount()).isEqualTo(4);
    assertThat(byItem.itemCount()).isEqualTo(3);
    assertThat(byItem.offsets()).containsExactly(0, 2, 3, 3, 6);
    assertThat(byItem.items()).containsExactly(0, 2, 0, 0, 0, 2);
  }

  @Property(tries = 200)
  void aRowOfDistinctIsTheSetOfItsItems(
      @ForAll @Size(max = 40) List<@IntRange(max = 9) Integer> drawn,
      @ForAll @IntRange(max = 40) int cut) {
    int[] items = drawn.stream().mapToInt(Integer::intValue).toArray();
    int first = Math.min(cut, items.length);
    InteractionMatrix distinct =
        new InteractionMatrix(2, 10, new int[] {0, first, items.length}, items).distinct();
    for (int user = 0; user < 2; user++) {
      TreeSet<Integer> expected = new TreeSet<>();
      for (int i = user * first; i < (user == 0 ? first : items.length); i++) {
        expected.add(items[i]);
      }
      TreeSet<Integer> found = new TreeSet<>();
      for (int i = distinct.offsets()[user]; i < distinct.offsets()[user + 1]; i++) {
        assertThat(found.add(distinct.items()[i])).isTrue();
        assertThat(found.last()).isEqualTo(distinct.items()[i]);
      }
      assertThat(found).isEqualTo(expected);
    }
  }
}
