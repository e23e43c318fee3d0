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

class TruncatedSvdRankingTest {
  private static final MemoryData DATA = MemoryData.twoTastes(40, 20, 6);
  private static final TruncatedSvdRanking SVD = new TruncatedSvdRanking();
  private static final float NONE = Float.NaN;

  @Test
  void isFoundByItsName() {
    assertThat(RankingModels.onClassPath().get("truncated-svd"))
        .isInstanceOf(TruncatedSvdRanking.class);
  }

  @Test
  void scoresAreTheProjectionWorkedByHand() throws Exception {
    // rows (3, 0) and (4, 5): the strongest direction is (1, 1) / √2, so x goes to its mean
    MemoryData data = rated(2, 2, new int[] {0, 1, 3}, new int[] {0, 0, 1}, 3, 4, 5);
    FittedModel model = Fits.fit(SVD, data, "components=1");
    FloatMatrix scores = model.score(List.of(data.history(0), data.history(1)));
    assertThat(scores.values())
        .containsExactly(new float[] {1.5f, 1.5f, 4.5f, 4.5f}, within(1e-5f));
  }

  @Test
  void aMissingRatingCountsAsOneAndOfRepeatsTheLastCounts() throws Exception {
    MemoryData plain = rated(2, 2, new int[] {0, 1, 3}, new int[] {0, 0, 1}, 3, 1, 5);
    MemoryData same =
        rated(2, 2, new int[] {0, 2, 6}, new int[] {0, 0, 1, 0, 0, 1}, 5, 3, NONE, 4, NONE, 5);
    FittedModel model = Fits.fit(SVD, plain, "components=1");
    assertThat(Fits.fit(SVD, same, "components=1").score(List.of(plain.history(1))).values())
        .containsExactly(model.score(List.of(plain.history(1))).values(), within(1e-6f));
    assertThat(model.score(List.of(same.history(1))).values())
        .containsExactly(model.score(List.of(plain.history(1))).values(), within(1e-6f));
  }

  @Test
  void allComponentsGiveTheRatingsBack() throws Exception {
    MemoryData data = rated(2, 3, new int[] {0, 2, 4}, new int[] {0, 2, 1, 2}, 3, 1, 2, 5);
    FittedModel model = Fits.fit(SVD, data, "components=3");
    assertThat(model.score(List.of(data.history(0), data.history(1))).values())
        .containsExactly(new float[] {3, 0, 1, 0, 2, 5}, within(1e-5f));
  }

  @Test
  void aLoadedModelGivesTheSameBits() throws Exception {
    FittedModel model = Fits.fit(SVD, DATA);
    FittedModel loaded = Fits.load(SVD, Fits.saved(model));
    List<UserHistory> users = List.of(DATA.history(3), AlsTest.unknown(DATA.history(4)));
    assertThat(loaded.score(users).values()).containsExactly(model.score(users).values());
  }

  @Test
  void theSameDataGiveTheSameBytes() throws Exception {
    MemoryFiles first = Fits.saved(Fits.fit(SVD, DATA));
    MemoryFiles second = Fits.saved(Fits.fit(SVD, DATA));
    assertThat(first.contents.keySet()).isEqualTo(second.contents.keySet()).isNotEmpty();
    first.contents.forEach(
        (name, bytes) -> assertThat(second.contents.get(name)).containsExactly(bytes));
  }

  @Test
  void scoresAreTheProductsOfTheVectors() throws Exception {
    Products.assertScoresAreProducts(
        Fits.fit(SVD, DATA), List.of(DATA.history(0), UserHistory.empty(-1), DATA.history(1)));
  }

  @Test
  void aStrangerWithAKnownHistoryGetsTheScoresOfTheKnownOne() throws Exception {
    FittedModel model = Fits.fit(SVD, DATA);
    List<UserHistory> both = List.of(DATA.history(7), AlsTest.unknown(DATA.history(7)));
    FloatMatrix vectors = model.embeddings().orElseThrow().users(both);
    assertThat(vectors.row(1)).containsExactly(vectors.row(0));
    // a product's last bit may depend on where in its matrix a row stands
    FloatMatrix scores = model.score(both);
    assertThat(scores.row(1)).containsExactly(scores.row(0), within(1e-6f));
    assertThat(model.knows(UserHistory.empty(7))).isFalse();
    assertThat(model.score(List.of()).rows()).isZero();
  }

  @Test
  void whatCannotBeFittedIsSaidInALine() {
    assertThatThrownBy(() -> Fits.fit(SVD, rated(1, 2, new int[] {0, 0}, new int[0])))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("there are no interactions to fit");
    assertThatThrownBy(() -> Fits.fit(SVD, rated(1, 2, new int[] {0, 2}, new int[] {0, 1}, 0, 0)))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("there is no rating other than 0 among 2 interactions");
    float infinite = Float.POSITIVE_INFINITY;
    assertThatThrownBy(
            () -> Fits.fit(SVD, rated(1, 2, new int[] {0, 2}, new int[] {0, 1}, 1, infinite)))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("the rating of user 0 for item 1 is Infinity");
  }

  private static MemoryData rated(
      int users, int items, int[] offsets, int[] chosen, float... ratings) {
    return new MemoryData(
        new InteractionMatrix(users, items, offsets, chosen),
        ratings,
        new long[chosen.length],
        new FloatMatrix(items, 0, new float[0]));
  }
}
