package io.towerbeam.ml.models.neighbours;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.Ml1m;
import io.towerbeam.ml.models.testing.PublishedRow;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With their defaults these models give their published rows on MovieLens-1M. */
class PublishedNeighboursTest {
  private static Ml1m data;

  @BeforeAll
  static void read() throws Exception {
    assumeTrue(Files.exists(Ml1m.folder()), () -> "no MovieLens-1M in " + Ml1m.folder());
    data = Ml1m.read();
  }

  @ParameterizedTest
  @CsvSource({"item-knn, .0005", "user-knn, .0005"})
  void theDefaultsGiveThePublishedRow(String model, double tolerance) throws Exception {
    PublishedRow published = PublishedRow.of(model);
    try (FittedModel fitted = Fits.fit(RankingModels.onClassPath().get(model), data.train())) {
      published.assertMetBy(data.metrics(fitted), tolerance);
    }
  }
}
