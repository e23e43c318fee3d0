package io.towerbeam.ml.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PopulationStabilityTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void equalSharesHaveNotMovedHoweverManyThereAre() {
    assertThat(PopulationStability.index(List.of(1L, 3L), List.of(10L, 30L))).isZero();
  }

  @Test
  void twoBucketsByHand() {
    // (.75 - .5) ln(.75 / .5) + (.25 - .5) ln(.25 / .5) = .25 (ln 1.5 + ln 2) = .25 ln 3
    double index = PopulationStability.index(List.of(2L, 2L), List.of(3L, 1L));
    assertThat(index).isCloseTo(.25 * Math.log(3), EXACT);
    assertThat(PopulationStability.index(List.of(3L, 1L), List.of(2L, 2L))).isCloseTo(index, EXACT);
  }

  @Test
  void anEmptyBucketCountsAsTheLeastShare() {
    // both buckets: (1 - .0001) ln(1 / .0001)
    assertThat(PopulationStability.index(List.of(5L, 0L), List.of(0L, 7L)))
        .isCloseTo(2 * (1 - 1e-4) * Math.log(1e4), EXACT);
  }

  @Test
  void aBucketThatIsEmptyInBothSaysNothing() {
    assertThat(PopulationStability.index(List.of(2L, 0L, 2L), List.of(3L, 0L, 1L)))
        .isCloseTo(.25 * Math.log(3), EXACT);
  }

  @Test
  void nothingCanBeSaidOfNothing() {
    assertThat(PopulationStability.index(List.of(), List.of(1L))).isZero();
    assertThat(PopulationStability.index(List.of(1L), List.of(0L))).isZero();
  }

  @Test
  void bucketsThatOneOfThemDoesNotHaveAreEmptyThere() {
    assertThat(PopulationStability.index(List.of(5L), List.of(0L, 7L)))
        .isCloseTo(2 * (1 - 1e-4) * Math.log(1e4), EXACT);
  }
}
