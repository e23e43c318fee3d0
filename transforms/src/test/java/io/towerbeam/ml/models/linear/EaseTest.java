package io.towerbeam.ml.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.RankingModelProvider.DatasetSize;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.random.CounterRandom;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EaseTest {
  private static final int ITEMS = 6;

  @Test
  void itIsFoundByItsName() {
    assertThat(RankingModels.onClassPath().get("ease")).isInstanceOf(Ease.class);
  }

  @Test
  void thePublishedValuesAreTheDefaults() {
    assertThat(new Ease().parameters())
        .extracting(ModelParameter::name, ModelParameter::defaultValue)
        .containsExactly(tuple("lambda", 108726.80709039961), tuple("divisor", "row"));
  }

  @Test
  void theInverseIsDividedByTheDiagonalOfItsRowOrColumn() throws Exception {
    // XᵀX + 1 = (3 1; 1 2), its inverse (2 −1; −1 3) / 5
    MemoryData data = MemoryData.ofRows(2, new int[] {0, 1, 0}, new int[] {0});
    assertWeights(weights(data, "lambda=1"), 0, 1.0 / 2, 1.0 / 3, 0);
    assertWeights(weights(data, "lambda=1", "divisor=column"), 0, 1.0 / 3, 1.0 / 2, 0);
  }

  @Test
  void withoutPenaltyARegularMatrixIsSolvedAndASingularOneRefused() throws Exception {
    MemoryData regular = MemoryData.ofRows(2, new int[] {0, 1}, new int[] {0});
    assertWeights(weights(regular, "lambda=0"), 0, 1, .5, 0);
    MemoryData singular = MemoryData.ofRows(2, new int[] {0, 1}, new int[] {1, 0});
    assertThatThrownBy(() -> weights(singular, "lambda=0"))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("X'X + lambda*I is singular with lambda=0.0: raise lambda");
  }

  @Property(tries = 50)
  void twinItemsWithoutPenaltyAreAlwaysRefused(
      @ForAll @IntRange(min = 3, max = 300) int items, @ForAll long seed) {
    CounterRandom random = CounterRandom.of(seed);
    int[][] rows = new int[2 * items][];
    for (int user = 0; user < rows.length; user++) {
      int[] row = IntStream.range(0, items).filter(i -> random.nextInt(3) == 0).toArray();
      boolean hasTwin = IntStream.of(row).anyMatch(i -> i == 0);
      rows[user] =
          IntStream.concat(
                  IntStream.of(row).filter(i -> i != items - 1),
                  hasTwin ? IntStream.of(items - 1) : IntStream.empty())
              .toArray();
    }
    MemoryData data = MemoryData.ofRows(items, rows);
    assertThatThrownBy(() -> Fits.fit(new Ease(), data, "lambda=0"))
        .isInstanceOf(ModelFitException.class);
  }

  @Property(tries = 100)
  void noOtherWeightsHaveALowerObjective(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 63) Integer> users,
      @ForAll @DoubleRange(min = .1, max = 20) double lambda,
      @ForAll long seed)
      throws Exception {
    int[][] rows =
        users.stream()
            .map(bits -> IntStream.range(0, ITEMS).filter(i -> (bits >> i & 1) == 1).toArray())
            .toArray(int[][]::new);
    float[] found = weights(MemoryData.ofRows(ITEMS, rows), "lambda=" + lambda, "divisor=column");
    CounterRandom random = CounterRandom.of(seed);
    double[] weights = new double[found.length];
    double[] moved = new double[found.length];
    for (int i = 0; i < found.length; i++) {
      boolean onDiagonal = i % (ITEMS + 1) == 0;
      assertThat(found[i] == 0 || !onDiagonal).isTrue();
      weights[i] = found[i];
      moved[i] = onDiagonal ? 0 : found[i] + .01 * random.nextGaussian();
    }
    assertThat(objective(rows, weights, lambda)).isLessThan(objective(rows, moved, lambda));
  }

  @Test
  void moreItemsThanAFileHoldsAreRefused() {
    assertThatThrownBy(() -> Fits.fit(new Ease(), MemoryData.ofRows(23_001, new int[] {0})))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("23001 items: ease takes at most 23000");
  }

  @Test
  void memoryGrowsWithTheSquareOfTheItems() {
    long needed =
        new Ease().bytesNeeded(new DatasetSize(10, 20_000, 100, 0), Fits.parameters(new Ease()));
    assertThat(needed).isBetween(8_000_000_000L, 8_010_000_000L);
  }

  /** ‖X − XB‖² + λ‖B‖². */
  private static double objective(int[][] rows, double[] weights, double lambda) {
    double sum = 0;
    for (double weight : weights) {
      sum += lambda * weight * weight;
    }
    for (int[] row : rows) {
      double[] error = new double[ITEMS];
      for (int item : row) {
        error[item] += 1;
        for (int other = 0; other < ITEMS; other++) {
          error[other] -= weights[item * ITEMS + other];
        }
      }
      for (double e : error) {
        sum += e * e;
      }
    }
    return sum;
  }

  /** B, row by row: what a user of that item alone is scored. */
  private static float[] weights(MemoryData data, String... given) throws Exception {
    int items = data.interactions().itemCount();
    try (FittedModel model = Fits.fit(new Ease(), data, given)) {
      return model
          .score(IntStream.range(0, items).mapToObj(i -> MemoryData.stranger(i)).toList())
          .values();
    }
  }

  private static void assertWeights(float[] weights, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) weights[i]).as("weight %d", i).isCloseTo(expected[i], within(1e-6));
    }
  }
}
