package io.towerbeam.ml.models.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LargestTest {
  @Test
  void ofEqualValuesTheEarlierAreKept() {
    assertThat(Largest.positions(new double[] {3, 1, 3, 2, 3}, 2)).containsExactly(0, 2);
  }

  @Test
  void whatIsNotAboveZeroIsNeverKept() {
    assertThat(Largest.positions(new double[] {0, -1, 2, -0.0}, 3)).containsExactly(2);
    assertThat(Largest.positions(new double[] {0, -1}, 3)).isEmpty();
    assertThat(Largest.positions(new double[0], 3)).isEmpty();
  }

  @Property
  void equalsSortingAll(
      @ForAll @Size(max = 60) List<@IntRange(min = -2, max = 20) Integer> given,
      @ForAll @IntRange(max = 30) int count) {
    double[] values = given.stream().mapToDouble(Integer::doubleValue).toArray();
    double[] before = values.clone();
    int[] sorted =
        IntStream.range(0, values.length)
            .filter(i -> values[i] > 0)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -values[i]))
            .limit(count)
            .mapToInt(i -> i)
            .sorted()
            .toArray();
    assertThat(Largest.positions(values, count)).isEqualTo(sorted);
    assertThat(values).isEqualTo(before);
  }
}
