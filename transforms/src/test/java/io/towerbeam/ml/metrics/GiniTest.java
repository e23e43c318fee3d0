package io.towerbeam.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class GiniTest {
  @Test
  void isZeroIfAllAreShownEquallyOften() {
    assertThat(Gini.of(new long[] {3, 3, 3}, 3)).isEqualTo(0);
  }

  @Test
  void isNearOneIfOneOfManyIsShown() {
    assertThat(Gini.of(new long[] {7}, 1000)).isCloseTo(.999, within(1e-12));
  }

  @Test
  void countsItemsThatAreNotShown() {
    // counts 0, 1, 3: Σ (2j − 4) x = 0·1 + 2·3 = 6, over 3·4
    assertThat(Gini.of(new long[] {3, 1}, 3)).isEqualTo(.5);
  }

  @Test
  void isZeroIfNothingIsShown() {
    assertThat(Gini.of(new long[0], 5)).isEqualTo(0);
  }

  @Property
  void isHalfTheMeanDifferenceOfAllPairsOverTheMean(
      @ForAll @NotEmpty List<@LongRange(max = 1000) Long> shown) {
    long[] counts = shown.stream().mapToLong(Long::longValue).toArray();
    double differences = 0;
    double total = 0;
    for (long a : counts) {
      total += a;
      for (long b : counts) {
        differences += Math.abs(a - b);
      }
    }
    double expected = total == 0 ? 0 : differences / (2 * counts.length * total);
    assertThat(Gini.of(counts, counts.length)).isCloseTo(expected, within(1e-9));
  }
}
