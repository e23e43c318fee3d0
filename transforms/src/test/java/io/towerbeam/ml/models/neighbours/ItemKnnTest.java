package io.towerbeam.ml.models.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemKnnTest {
  /** idf ln 2, ln 2 and ln 1.5 among six items, of which the last three have no user. */
  private static final MemoryData DATA =
      MemoryData.ofRows(6, new int[] {0, 1}, new int[] {2, 0}, new int[] {0, 1, 2, 1});

  private static final double A = Math.pow(Math.log(2), 2);
  private static final double C = Math.pow(Math.log(1.5), 2);
  private static final double FIRST_TO_OTHERS = (A + C) / Math.sqrt((2 * A + C) * (A + C));

  @Test
  void itIsFoundByItsName() {
    assertThat(RankingModels.onClassPath().get("item-knn")).isInstanceOf(ItemKnn.class);
  }

  @Test
  void thePublishedNeighboursAreTheDefault() {
    assertThat(new ItemKnn().parameters())
        .singleElement()
        .returns("neighbours", ModelParameter::name)
        .returns(312L, ModelParameter::defaultValue);
  }

  @Test
  void aScoreIsTheSumOfCosines() throws Exception {
    assertScores(scores(6, 1), FIRST_TO_OTHERS, 1, C / (A + C), 0, 0, 0);
    assertScores(scores(6, 1, 2), 2 * FIRST_TO_OTHERS, 1 + C / (A + C), 1 + C / (A + C), 0, 0, 0);
    assertThat(FIRST_TO_OTHERS).isCloseTo(.756999, within(1e-6));
  }

  @Test
  void theItemItselfIsAmongItsNeighboursAndTiesGoToTheEarlier() throws Exception {
    assertScores(scores(2, 1), FIRST_TO_OTHERS, 1, 0, 0, 0, 0);
    assertScores(scores(2, 0), 1, FIRST_TO_OTHERS, 0, 0, 0, 0);
    assertScores(scores(1, 0, 2), 1, 0, 1, 0, 0, 0);
  }

  @Test
  void anItemOfUsersWithoutWeightHasNoNeighbours() throws Exception {
    MemoryData everything = MemoryData.ofRows(3, new int[] {0, 1}); // idf ln 3 − ln 3
    try (FittedModel model = Fits.fit(new ItemKnn(), everything)) {
      assertThat(model.score(List.of(MemoryData.stranger(0, 1))).values()).containsOnly(0f);
    }
  }

  private static float[] scores(int neighbours, int... items) throws Exception {
    try (FittedModel model = Fits.fit(new ItemKnn(), DATA, "neighbours=" + neighbours)) {
      return model.score(List.of(MemoryData.stranger(items))).values();
    }
  }

  private static void assertScores(float[] scores, double... expected) {
    assertThat(scores).hasSameSizeAs(expected);
    for (int item = 0; item < expected.length; item++) {
      assertThat((double) scores[item]).as("item %d", item).isCloseTo(expected[item], within(1e-6));
    }
  }
}
