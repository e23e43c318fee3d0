package io.towerbeam.ml.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlimTest {
  /** Shares of the four users: item 0 ¾, item 1 ½, both ½; item 2 ¼. */
  private static final MemoryData DATA =
      MemoryData.ofRows(3, new int[] {0, 1}, new int[] {1, 0, 1}, new int[] {0}, new int[] {2});

  @Test
  void itIsFoundByItsName() {
    assertThat(RankingModels.onClassPath().get("slim")).isInstanceOf(Slim.class);
  }

  @Test
  void thePublishedValuesAreTheDefaults() {
    assertThat(new Slim().parameters())
        .extracting(ModelParameter::name, ModelParameter::defaultValue)
        .containsExactly(
            tuple("alpha", .4689400963537689),
            tuple("l1Ratio", .13957991126597663),
            tuple("iterations", 493L),
            tuple("neighbours", 434L),
            tuple("tolerance", 1e-4),
            tuple("checkpointSeconds", 60.));
  }

  @Test
  void weightsLeadFromTheUsersItemsToTheOthers() throws Exception {
    // alpha·l1Ratio = .1, alpha·(1 − l1Ratio) = .3
    assertScores(scores(0), 0, (.5 - .1) / (.75 + .3), 0);
    assertScores(scores(1), (.5 - .1) / (.5 + .3), 0, 0);
    assertScores(scores(2), 0, 0, 0);
  }

  @Test
  void onlyTheLargestWeightsToAnItemAreKept() throws Exception {
    int[][] rows = {{0, 1, 2}, {0, 1, 2}, {0, 1}, {0}};
    MemoryData data = MemoryData.ofRows(3, rows);
    String[] given = {"alpha=0.1", "l1Ratio=0.1"};
    try (FittedModel all = Fits.fit(new Slim(), data, given);
        FittedModel one = Fits.fit(new Slim(), data, "alpha=0.1", "l1Ratio=0.1", "neighbours=1")) {
      float[] fromLast = all.score(List.of(MemoryData.stranger(2))).values();
      float[] fromMiddle = all.score(List.of(MemoryData.stranger(1))).values();
      assertThat(fromMiddle[0]).isGreaterThan(fromLast[0]).isPositive();
      assertThat(one.score(List.of(MemoryData.stranger(1))).values()[0]).isEqualTo(fromMiddle[0]);
      assertThat(one.score(List.of(MemoryData.stranger(2))).values()[0]).isZero();
    }
  }

  @Test
  void aPenaltyThatLeavesNoWeightIsRefused() {
    assertThatThrownBy(() -> Fits.fit(new Slim(), DATA, "alpha=1", "l1Ratio=0.5"))
        .isInstanceOf(ModelFitException.class)
        .hasMessage(
            "no weight is above zero with alpha*l1Ratio=0.5000, as no two items share that part of"
                + " the users: lower alpha or l1Ratio");
  }

  private static float[] scores(int item) throws Exception {
    try (FittedModel model = Fits.fit(new Slim(), DATA, "alpha=0.4", "l1Ratio=0.25")) {
      return model.score(List.of(MemoryData.stranger(item))).values();
    }
  }

  private static void assertScores(float[] scores, double... expected) {
    assertThat(scores).hasSameSizeAs(expected);
    for (int item = 0; item < expected.length; item++) {
      assertThat((double) scores[item]).as("item %d", item).isCloseTo(expected[item], within(1e-6));
    }
  }
}
