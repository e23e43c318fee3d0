package io.towerbeam.ml.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TopKTest {
  @Test
  void tiesStandInOrderOfPosition() {
    assertThat(TopK.select(new float[] {9, 1, 3, 3, 2, 3}, 1, 5, 2, new BitSet()))
        .containsExactly(1, 2);
  }

  @Test
  void scoresThatAreNotNumbersAreNeverChosen() {
    float[] scores = {Float.NaN, 1, Float.NEGATIVE_INFINITY, Float.NaN};
    assertThat(TopK.select(scores, 0, 4, 4, new BitSet())).containsExactly(1, 2);
  }

  @Property
  void equalsSortingAll(
      @ForAll @Size(max = 40) List<@IntRange(max = 8) Integer> values,
      @ForAll @IntRange(max = 12) int k,
      @ForAll @Size(max = 10) List<@IntRange(max = 40) Integer> masks) {
    float[] scores = new float[values.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = values.get(i);
    }
    BitSet masked = new BitSet();
    masks.forEach(masked::set);
    int[] sorted =
        IntStream.range(0, scores.length)
            .filter(i -> !masked.get(i))
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -scores[i]))
            .limit(k)
            .mapToInt(i -> i)
            .toArray();
    assertThat(TopK.select(scores, 0, scores.length, k, masked)).isEqualTo(sorted);
  }
}
