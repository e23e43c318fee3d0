package io.towerbeam.ml.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.testing.CategorisedData;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoryPopularityTest {
  private static final float HALF = (float) Math.sqrt(.5);

  /** Drama: items 0 and 1; comedy: items 1 and 2; a title column; item 3 has no category. */
  private static final FloatMatrix FEATURES =
      new FloatMatrix(4, 3, new float[] {1, 0, 5, HALF, HALF, 5, 0, 1, -5, 0, 0, 5});

  private static TrainingData data(int categories) {
    InteractionMatrix interactions =
        MemoryData.ofRows(4, new int[] {0, 1, 1, 1}, new int[] {1, 2, 2, 3}).interactions();
    return new CategorisedData(new MemoryData(interactions, FEATURES), categories);
  }

  @Test
  void anItemScoresTheSumOfItsCategoriesMeans() throws Exception {
    // taken 1, 4, 2 and 1 times: drama 2.5 an item, comedy 3 an item
    try (FittedModel model = Fits.fit(new CategoryPopularity(), data(2))) {
      FloatMatrix scores = model.score(List.of(MemoryData.stranger(0), MemoryData.stranger()));
      assertThat(scores.values()).containsExactly(2.5f, 5.5f, 3, 0, 2.5f, 5.5f, 3, 0);
    }
  }

  @Test
  void orTheirMean() throws Exception {
    try (FittedModel model = Fits.fit(new CategoryPopularity(), data(2), "combination=mean")) {
      FloatMatrix scores = model.score(List.of(MemoryData.stranger()));
      assertThat(scores.values()).containsExactly(2.5f, 2.75f, 3, 0);
    }
  }

  @Test
  void aNewItemScoresByItsCategories() throws Exception {
    // one category alone: items 0 and 1, taken 2.5 times each on average
    try (FittedModel model = Fits.fit(new CategoryPopularity(), data(1));
        FittedModel loaded = Fits.load(new CategoryPopularity(), Fits.saved(model))) {
      FloatMatrix made = new FloatMatrix(2, 3, new float[] {.5f, 9, 9, 0, 9, 9});
      for (FittedModel either : List.of(model, loaded)) {
        FittedModel.Embeddings vectors = either.embeddings().orElseThrow();
        assertThat(vectors.itemsOf(made).orElseThrow().values()).containsExactly(2.5f, 0);
        assertThat(vectors.items().values()).containsExactly(2.5f, 2.5f, 0, 0);
        assertThat(vectors.users(List.of(UserHistory.empty(-1))).values()).containsExactly(1);
        assertThat(vectors.itemsOf(new FloatMatrix(0, 0, new float[0])).orElseThrow().rows())
            .isZero();
        assertThat(either.knows(UserHistory.empty(-1))).isTrue();
      }
    }
  }

  @Test
  void withoutCategoriesThereIsNoModel() {
    assertThatThrownBy(() -> Fits.fit(new CategoryPopularity(), data(0)))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("no item has a category to be popular by");
  }
}
