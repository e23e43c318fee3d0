package io.towerbeam.ml.models;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.testing.Ml1m;
import io.towerbeam.ml.models.testing.PublishedRow;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With their defaults, models give their published rows on MovieLens-1M. The published
 * decomposition was not converged, and some ratings here are filled in, so the row of truncated-svd
 * is met less closely.
 */
class PublishedModelsTest {
  private static Ml1m data;

  @BeforeAll
  static void read() throws Exception {
    assumeTrue(Files.exists(Ml1m.folder()), () -> "no MovieLens-1M in " + Ml1m.folder());
    data = Ml1m.read();
  }

  @ParameterizedTest
  @CsvSource({
    "item-knn, 42, .0005",
    "user-knn, 42, .0005",
    "ease, 42, .0005",
    "slim, 42, .003",
    "als, 42, .003",
    "als, 43, .003",
    "als, 44, .003",
    "truncated-svd, 42, .004"
  })
  void theDefaultsGiveThePublishedRow(String name, long seed, double tolerance) throws Exception {
    RankingModelProvider provider = RankingModels.onClassPath().get(name);
    FitContext context =
        new FitContext(
            name, seed, DeviceChoice.CPU, false, 1, new MemoryFiles(), TrainingProgress.SILENT);
    try (FittedModel model = provider.fit(data.train(), Fits.parameters(provider), context)) {
      PublishedRow.of(name).assertMetBy(data.metrics(model), tolerance);
    }
  }
}
