package io.towerbeam.ml.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for models that know items by their content, once there are more of them. */
class WithNewItemsTest {
  private static final int ITEMS = 20;
  private static final MemoryData DATA = ordered(MemoryData.twoTastes(40, ITEMS, 10));

  /** Content of items 0, 1 and once more 1. */
  private static final FloatMatrix ADDED = contentOf(0, 1, 1);

  private static FloatMatrix contentOf(int... items) {
    FloatMatrix content = new FloatMatrix(0, 0, new float[0]);
    for (int item : items) {
      content = content.above(new FloatMatrix(1, 4, DATA.itemFeatures().row(item)));
    }
    return content;
  }

  /** The same data, a user's rows one day after the other. */
  private static MemoryData ordered(MemoryData data) {
    long[] times = new long[data.times().length];
    Arrays.setAll(times, row -> row % 10 * 86_400L);
    return new MemoryData(data.interactions(), data.ratings(), times, data.itemFeatures());
  }

  private static FittedModel fit(String name) throws Exception {
    return Fits.fit(RankingModels.onClassPath().get(name), DATA, "epochs=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"contextual-two-tower", "two-tower-hybrid"})
  void scoresOfTheOthersStayAndThoseOfTheNewAreProductsWithTheirVectors(String name)
      throws Exception {
    List<UserHistory> users = List.of(DATA.history(0), DATA.history(39));
    try (FittedModel model = fit(name);
        FittedModel extended = model.withNewItems(ADDED).orElseThrow()) {
      FloatMatrix scores = model.score(users);
      FloatMatrix more = extended.score(users);
      assertThat(more.columns()).isEqualTo(ITEMS + 3);
      assertThat(extended.embeddings().orElseThrow().items().rows()).isEqualTo(ITEMS + 3);
      FloatMatrix userVectors = model.embeddings().orElseThrow().users(users);
      FloatMatrix newVectors = model.embeddings().orElseThrow().itemsOf(ADDED).orElseThrow();
      for (int user = 0; user < users.size(); user++) {
        float[] row = more.row(user);
        for (int item = 0; item < ITEMS; item++) {
          assertThat(row[item]).isCloseTo(scores.row(user)[item], within(1e-5f));
        }
        for (int item = 0; item < 3; item++) {
          double product = 0;
          for (int d = 0; d < newVectors.columns(); d++) {
            product += (double) userVectors.row(user)[d] * newVectors.row(item)[d];
          }
          assertThat((double) row[ITEMS + item]).isCloseTo(product, within(1e-5));
        }
        assertThat(row[ITEMS + 1]).isEqualTo(row[ITEMS + 2]);
      }
    }
  }

  @Test
  void aHistoryOfNewItemsCountsByTheirContent() throws Exception {
    try (FittedModel model = fit("contextual-two-tower");
        FittedModel extended = model.withNewItems(ADDED).orElseThrow()) {
      UserHistory first = MemoryData.stranger(ITEMS + 1);
      assertThat(extended.knows(first)).isTrue();
      float[] vector = vector(extended, first);
      assertThat(vector).isEqualTo(vector(extended, MemoryData.stranger(ITEMS + 2)));
      assertThat(vector).isNotEqualTo(vector(extended, MemoryData.stranger(ITEMS)));
      assertThat(vector).isNotEqualTo(vector(extended, UserHistory.empty(-1)));
      UserHistory old = MemoryData.stranger(3);
      assertThat(vector(extended, old)).isEqualTo(vector(model, old));
    }
  }

  private static float[] vector(FittedModel model, UserHistory user) {
    return model.embeddings().orElseThrow().users(List.of(user)).values();
  }

  @Test
  void whatKnowsItemsByTheirUsersAloneKnowsNoNewOnes() throws Exception {
    for (String name : List.of("als", "ease", "most-popular")) {
      try (FittedModel model = Fits.fit(RankingModels.onClassPath().get(name), DATA)) {
        assertThat(model.withNewItems(ADDED)).as(name).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"contextual-two-tower", "two-tower-hybrid"})
  void noneMayBeAskedForToFindOut(String name) throws Exception {
    FloatMatrix none = new FloatMatrix(0, 0, new float[0]);
    try (FittedModel model = fit(name);
        FittedModel same = model.withNewItems(none).orElseThrow()) {
      UserHistory user = DATA.history(7);
      assertThat(same.score(List.of(user)).values()).isEqualTo(model.score(List.of(user)).values());
    }
  }
}
