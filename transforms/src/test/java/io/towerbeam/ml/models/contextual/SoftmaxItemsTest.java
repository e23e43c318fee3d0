package io.towerbeam.ml.models.contextual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftmaxItemsTest {
  private static final long[] COUNTS = {90, 40, 3, 0, 7, 20, 1, 1};
  private static final double[] SCORES = {2, -1, .5, 1.5, 0, -2, 3, .1};

  @Test
  void allItemsStandInTheColumnsOfTheirIndexes() {
    SoftmaxItems items = SoftmaxItems.all(4);
    items.draw(List.of(new int[] {2}), CounterRandom.of(1));
    assertThat(items.columns().size()).isEqualTo(4);
    for (int item = 0; item < 4; item++) {
      assertThat(items.columns().of(item)).isEqualTo(item);
    }
    assertThat(items.corrections()).containsOnly(0);
  }

  @Test
  void theTargetsAreAlwaysDrawnAndNotCorrected() {
    SoftmaxItems items = SoftmaxItems.sampled(COUNTS, 1);
    for (int seed = 0; seed < 20; seed++) {
      items.draw(List.of(new int[] {3, 6}, new int[] {6, 2}), CounterRandom.of(seed));
      assertThat(Arrays.copyOf(items.columns().items(), 3)).containsExactly(3, 6, 2);
      assertThat(Arrays.copyOf(items.corrections(), 3)).containsOnly(0);
      assertThat(Arrays.stream(items.columns().items(), 0, items.columns().size()))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aSampleAsLargeAsCanBeIsAllItemsUncorrected() {
    SoftmaxItems items = SoftmaxItems.sampled(COUNTS, 1_000_000);
    items.draw(List.of(new int[] {5}), CounterRandom.of(1));
    assertThat(items.columns().size()).isEqualTo(8);
    for (int column = 0; column < 8; column++) {
      assertThat(items.corrections()[column]).isZero();
    }
  }

  @Test
  void theExpectedSumOfASampleIsThatOfAllItems() {
    SoftmaxItems items = SoftmaxItems.sampled(COUNTS, 3);
    double full = Arrays.stream(SCORES).map(Math::exp).sum();
    double mean = 0;
    double meanSize = 0;
    int draws = 200_000;
    for (int seed = 0; seed < draws; seed++) {
      items.draw(List.of(new int[] {4}), CounterRandom.of(seed));
      meanSize += (double) items.columns().size() / draws;
      for (int column = 0; column < items.columns().size(); column++) {
        int item = items.columns().items()[column];
        mean += Math.exp(SCORES[item] + items.corrections()[column]) / draws;
      }
    }
    assertThat(mean).isCloseTo(full, within(.01 * full));
    assertThat(meanSize).isBetween(3.0, 4.0);
  }
}
