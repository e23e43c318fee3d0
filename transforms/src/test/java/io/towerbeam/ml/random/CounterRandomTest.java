package io.towerbeam.ml.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CounterRandomTest {
  private static final int DRAWS = 200_000;

  @Test
  void theSameCoordinatesGiveTheSameNumbersAndOthersGiveOthers() {
    assertThat(CounterRandom.of(42, 1, 2).nextLong())
        .isEqualTo(CounterRandom.of(42, 1, 2).nextLong())
        .isNotEqualTo(CounterRandom.of(42, 2, 1).nextLong())
        .isNotEqualTo(CounterRandom.of(43, 1, 2).nextLong())
        .isNotEqualTo(CounterRandom.of(42, 1).nextLong());
  }

  @Test
  void integersAreUniformBelowTheirBound() {
    CounterRandom random = CounterRandom.of(1);
    int[] counts = new int[7];
    for (int i = 0; i < DRAWS; i++) {
      counts[random.nextInt(7)]++;
    }
    for (int count : counts) {
      assertThat(count / (double) DRAWS).isCloseTo(1 / 7.0, within(.004));
    }
  }

  @Test
  void gaussiansHaveMeanZeroAndTheDeviationAskedFor() {
    float[] values = CounterRandom.of(2).gaussians(DRAWS, .5);
    double mean = IntStream.range(0, DRAWS).mapToDouble(i -> values[i]).average().orElseThrow();
    double square =
        IntStream.range(0, DRAWS).mapToDouble(i -> values[i] * values[i]).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(.005));
    assertThat(Math.sqrt(square)).isCloseTo(.5, within(.005));
  }

  @Test
  void aPermutationHoldsEveryNumberOnceInAnotherOrder() {
    int[] order = CounterRandom.of(3).permutation(1000);
    assertThat(order).isNotEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, 1000).toArray());
  }
}
