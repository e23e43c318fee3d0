package io.towerbeam.ml.models.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlsTest {
  private static final MemoryData DATA = MemoryData.twoTastes(40, 20, 6);
  private static final Als ALS = new Als();

  @Test
  void isFoundByItsName() {
    assertThat(RankingModels.onClassPath().get("als")).isInstanceOf(Als.class);
  }

  @Test
  void oneUserOfOneItemIsTheSolutionWorkedByHand() throws Exception {
    // The least of c(1 − xy)² + λ(x² + y²) lies at x = y with c(1 − x²) = λ: c = .5, λ = .1, x² =
    // .8
    MemoryData pair = data(1, 1, new int[] {0, 1}, 0);
    FittedModel model =
        Fits.fit(ALS, pair, "factors=1", "alpha=.5", "regularization=.1", "iterations=200");
    assertThat(model.score(List.of(pair.history(0))).values()[0]).isCloseTo(.8f, within(1e-4f));
    FittedModel standard =
        Fits.fit(
            ALS,
            pair,
            "factors=1",
            "alpha=.5",
            "regularization=.3",
            "iterations=200",
            "confidence=standard"); // c = 1.5, xy = 1 − λ/c
    assertThat(standard.score(List.of(pair.history(0))).values()[0]).isCloseTo(.8f, within(1e-4f));
  }

  @Test
  void usersGetTheItemsOfTheirTaste() throws Exception {
    FloatMatrix scores = Fits.fit(ALS, DATA).score(List.of(DATA.history(0), DATA.history(1)));
    for (int user = 0; user < 2; user++) {
      double own = 0;
      double other = 0;
      for (int item = 0; item < 20; item++) {
        float score = scores.row(user)[item];
        own += item % 2 == user ? score : 0;
        other += item % 2 == user ? 0 : score;
      }
      assertThat(own).isGreaterThan(5 * Math.abs(other));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"factors=3", "factors=12"})
  void aLoadedModelGivesTheSameBits(String factors) throws Exception {
    List<UserHistory> users = List.of(DATA.history(3), unknown(DATA.history(4)));
    FittedModel model = Fits.fit(ALS, DATA, factors);
    FittedModel loaded = Fits.load(ALS, Fits.saved(model), factors);
    assertThat(loaded.score(users).values()).containsExactly(model.score(users).values());
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws Exception {
    MemoryFiles first = Fits.saved(Fits.fit(ALS, DATA));
    MemoryFiles second = Fits.saved(Fits.fit(ALS, DATA));
    assertThat(first.contents.keySet()).isEqualTo(second.contents.keySet()).isNotEmpty();
    first.contents.forEach(
        (name, bytes) -> assertThat(second.contents.get(name)).containsExactly(bytes));
  }

  @Test
  void scoresAreTheProductsOfTheVectors() throws Exception {
    FittedModel model = Fits.fit(ALS, DATA);
    Products.assertScoresAreProducts(
        model, List.of(DATA.history(0), unknown(DATA.history(1)), UserHistory.empty(-1)));
  }

  @Test
  void aStrangerWithAKnownHistoryGetsNearlyTheScoresOfTheKnownOne() throws Exception {
    FittedModel model = Fits.fit(ALS, DATA, "factors=2", "cgSteps=10", "iterations=200");
    FloatMatrix scores = model.score(List.of(DATA.history(7), unknown(DATA.history(7))));
    for (int item = 0; item < 20; item++) {
      assertThat(scores.row(1)[item]).isCloseTo(scores.row(0)[item], within(1e-2f));
    }
  }

  @Test
  void repeatsOfAPairCountOnce() throws Exception {
    MemoryData once = data(2, 3, new int[] {0, 2, 4}, 0, 1, 1, 2);
    MemoryData twice = data(2, 3, new int[] {0, 4, 6}, 1, 0, 1, 1, 2, 1);
    UserHistory stranger = unknown(once.history(0));
    UserHistory repeating = unknown(twice.history(0));
    FittedModel model = Fits.fit(ALS, once, "factors=2");
    assertThat(Fits.fit(ALS, twice, "factors=2").score(List.of(stranger)).values())
        .containsExactly(model.score(List.of(stranger)).values());
    assertThat(model.score(List.of(repeating)).values())
        .containsExactly(model.score(List.of(stranger)).values());
  }

  @Test
  void onlyAUserOfTrainingOrWithAHistoryIsKnown() throws Exception {
    FittedModel model = Fits.fit(ALS, DATA);
    assertThat(model.knows(UserHistory.empty(0))).isTrue();
    assertThat(model.knows(unknown(DATA.history(0)))).isTrue();
    assertThat(model.knows(UserHistory.empty(-1))).isFalse();
    assertThat(model.score(List.of(UserHistory.empty(-1))).values()).containsOnly(0f);
    assertThat(model.score(List.of()).rows()).isZero();
  }

  @Test
  void nothingToFitOnIsSaidInALine() {
    MemoryData nothing = data(2, 3, new int[] {0, 0, 0});
    assertThatThrownBy(() -> Fits.fit(ALS, nothing))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("there are no interactions to fit");
  }

  @Test
  void factorsThatItemsCannotFillAreRefusedWithoutRegularization() {
    MemoryData few = data(2, 2, new int[] {0, 1, 3}, 0, 0, 1);
    assertThatThrownBy(() -> Fits.fit(ALS, few, "regularization=0"))
        .isInstanceOf(ModelFitException.class)
        .hasMessageContaining("give more regularization or fewer factors");
  }

  static MemoryData data(int users, int items, int[] offsets, int... chosen) {
    return new MemoryData(
        new InteractionMatrix(users, items, offsets, chosen),
        new FloatMatrix(items, 0, new float[0]));
  }

  static UserHistory unknown(UserHistory user) {
    return new UserHistory(-1, user.items(), user.times(), user.ratings());
  }
}
