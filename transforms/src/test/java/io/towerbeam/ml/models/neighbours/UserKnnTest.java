package io.towerbeam.ml.models.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserKnnTest {
  /** Mean length 7/4; item 2 has one of the four users, the others have two. */
  private static final MemoryData DATA =
      MemoryData.ofRows(4, new int[] {0, 1}, new int[] {1, 2, 1}, new int[] {3}, new int[] {3, 0});

  private static final double SQUARED_IDF = Math.pow(Math.log(4.0 / 3), 2);

  @Test
  void itIsFoundByItsName() {
    assertThat(RankingModels.onClassPath().get("user-knn")).isInstanceOf(UserKnn.class);
  }

  @Test
  void thePublishedValuesAreTheDefaults() {
    assertThat(new UserKnn().parameters())
        .extracting(ModelParameter::name, ModelParameter::defaultValue)
        .containsExactly(tuple("neighbours", 991L), tuple("k1", 1.2), tuple("b", .75));
  }

  @Test
  void aScoreIsTheSumOfTheSimilaritiesOfThoseWhoHaveTheItem() throws Exception {
    double one = 2.2 / (1.2 * (.25 + .75 * 1 / 1.75) + 1);
    double two = 2.2 / (1.2 * (.25 + .75 * 2 / 1.75) + 1);
    double similarity = one * two * SQUARED_IDF;
    assertThat(similarity).isCloseTo(.094814, within(1e-6));
    assertScores(scores(MemoryData.stranger(1)), similarity, 2 * similarity, similarity, 0);
  }

  @Test
  void bm25FollowsItsParameters() throws Exception {
    double one = 3 / (2 * (.5 + .5 * 1 / 1.75) + 1);
    double two = 3 / (2 * (.5 + .5 * 2 / 1.75) + 1);
    double similarity = one * two * SQUARED_IDF;
    assertScores(
        scores(MemoryData.stranger(1), "k1=2", "b=0.5"), similarity, 2 * similarity, similarity, 0);
    assertScores(
        scores(MemoryData.stranger(1), "k1=0"), SQUARED_IDF, 2 * SQUARED_IDF, SQUARED_IDF, 0);
  }

  @Test
  void onlyTheNearestAreAskedAndTiesGoToTheEarlierUser() throws Exception {
    float[] scores = scores(MemoryData.stranger(1), "neighbours=1");
    assertThat(scores[0]).isPositive().isEqualTo(scores[1]);
    assertThat(scores[2]).isZero();
    assertThat(scores[3]).isZero();
  }

  @Test
  void aTrainingUserIsAmongTheOwnNeighbours() throws Exception {
    float[] scores = scores(DATA.history(1), "neighbours=1", "k1=0");
    double self = SQUARED_IDF + Math.pow(Math.log(2), 2);
    assertScores(scores, 0, self, self, 0);
  }

  private static float[] scores(UserHistory user, String... given) throws Exception {
    try (FittedModel model = Fits.fit(new UserKnn(), DATA, given)) {
      return model.score(List.of(user)).values();
    }
  }

  private static void assertScores(float[] scores, double... expected) {
    assertThat(scores).hasSameSizeAs(expected);
    for (int item = 0; item < expected.length; item++) {
      assertThat((double) scores[item]).as("item %d", item).isCloseTo(expected[item], within(1e-6));
    }
  }
}
