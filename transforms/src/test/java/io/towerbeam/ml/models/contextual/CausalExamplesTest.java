package io.towerbeam.ml.models.contextual;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.contextual.CausalExamples.Example;
import io.towerbeam.ml.random.CounterRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CausalExamplesTest {
  private static final long DAY = 86_400;

  @Test
  void aHistoryIsCutAtItsGapAndTheGapIsTheContext() {
    CausalExamples examples = of(new int[] {3, 1, 4, 1, 0}, 0, 60, 40 * DAY, 40 * DAY, 40 * DAY);
    Example example = examples.draw(0, CounterRandom.of(1));
    assertThat(example.history()).containsExactly(0, 1);
    assertThat(example.targets()).containsExactly(2, 4); // the item of row 3 is in the history
    assertThat(example.context()).isEqualTo(ContextBucket.AFTER_30_DAYS);
  }

  @Test
  void eachGapIsDrawnAndAGapOfADayIsNone() {
    CausalExamples examples =
        of(new int[] {0, 1, 2, 3, 4}, 0, 2 * DAY, 3 * DAY, 11 * DAY, 200 * DAY);
    Set<Integer> cuts = new HashSet<>();
    Set<ContextBucket> contexts = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      Example example = examples.draw(0, CounterRandom.of(seed));
      cuts.add(example.history().length);
      contexts.add(example.context());
    }
    assertThat(cuts).containsExactlyInAnyOrder(1, 3, 4);
    assertThat(contexts)
        .containsExactlyInAnyOrder(
            ContextBucket.AFTER_1_DAY, ContextBucket.AFTER_7_DAYS, ContextBucket.AFTER_90_DAYS);
  }

  @Test
  void oneSittingGivesEachPartOfItselfAsHistory() {
    CausalExamples examples = of(new int[] {5, 6, 7}, 0, 1, 2);
    Set<String> parts = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      Example example = examples.draw(0, CounterRandom.of(seed));
      assertThat(example.context()).isEqualTo(ContextBucket.SAME_DAY);
      parts.add(Arrays.toString(example.history()) + Arrays.toString(example.targets()));
    }
    assertThat(parts)
        .containsExactlyInAnyOrder(
            "[0][1, 2]", "[1][0, 2]", "[2][0, 1]", "[0, 1][2]", "[0, 2][1]", "[1, 2][0]");
  }

  @Test
  void usersWhoTakeNothingNewAfterwardsOfferNoExample() {
    assertThat(of(new int[] {2, 2, 2}, 0, 1, 2).size()).isZero();
    assertThat(of(new int[] {2, 2}, 0, 9 * DAY).size()).isZero();
    assertThat(of(new int[] {2}, 0).size()).isZero();
    assertThat(of(new int[] {2, 2, 3}, 0, 9 * DAY, 9 * DAY).size()).isOne();
  }

  @Property(tries = 300)
  void noTargetStandsBeforeItsHistoryNorInIt(
      @ForAll @Size(min = 1, max = 30) int[] drawn, @ForAll @IntRange(max = 1000) int seed) {
    int[] items = Arrays.stream(drawn).map(value -> Math.floorMod(value, 12)).toArray();
    long[] times = new long[items.length];
    for (int row = 1; row < times.length; row++) { // a gap at about every third row
      times[row] = times[row - 1] + Math.floorMod(drawn[row] >> 8, 3) * DAY * 2 / 3;
    }
    CausalExamples examples = of(items, times);
    for (int index = 0; index < examples.size(); index++) {
      Example example = examples.draw(index, CounterRandom.of(seed));
      int[] history = example.history();
      assertThat(history).isNotEmpty().isSorted();
      assertThat(example.targets()).isNotEmpty();
      long last = times[history[history.length - 1]];
      Set<Integer> seen = new HashSet<>();
      Arrays.stream(history).forEach(row -> seen.add(items[row]));
      for (int row : example.targets()) {
        assertThat(seen.add(items[row])).as("an item new to the history and the targets").isTrue();
        if (example.context() == ContextBucket.SAME_DAY) {
          assertThat(sitting(times, row)).isEqualTo(sitting(times, history[history.length - 1]));
        } else {
          assertThat(row).isGreaterThan(history[history.length - 1]);
          assertThat(times[row] - last).isGreaterThan(DAY);
        }
      }
    }
  }

  /** The first row of the row's sitting. */
  private static int sitting(long[] times, int row) {
    int first = row;
    while (first > 0 && times[first] - times[first - 1] <= DAY) {
      first--;
    }
    return first;
  }

  private static CausalExamples of(int[] items, long... times) {
    return new CausalExamples(
        new InteractionMatrix(1, 12, new int[] {0, items.length}, items), times, 0);
  }
}
