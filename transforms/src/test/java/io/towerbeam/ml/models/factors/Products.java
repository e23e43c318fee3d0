package io.towerbeam.ml.models.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import java.util.List;

/** What all models of this package promise. */
final class Products {
  private Products() {}

  /** Fails unless each score is the product of the user's and the item's vector. */
  static void assertScoresAreProducts(FittedModel model, List<UserHistory> histories) {
    FloatMatrix scores = model.score(histories);
    FittedModel.Embeddings embeddings = model.embeddings().orElseThrow();
    FloatMatrix users = embeddings.users(histories);
    FloatMatrix items = embeddings.items();
    assertThat(scores.rows()).isEqualTo(histories.size());
    assertThat(scores.columns()).isEqualTo(items.rows());
    for (int user = 0; user < scores.rows(); user++) {
      for (int item = 0; item < scores.columns(); item++) {
        double product = 0;
        for (int d = 0; d < items.columns(); d++) {
          product += (double) users.row(user)[d] * items.row(item)[d];
        }
        assertThat((double) scores.row(user)[item]).isCloseTo(product, within(1e-5));
      }
    }
  }
}
