package io.towerbeam.ml.models.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.testing.Ml1m;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published rows of MovieLens-1M. */
class PublishedFactorsTest {
  private static final String LEADERBOARD = "../../reference/leaderboard.csv";
  private static Ml1m data;

  @BeforeAll
  static void read() throws IOException {
    assumeTrue(Files.exists(Ml1m.folder()), () -> "no MovieLens-1M in " + Ml1m.folder());
    data = Ml1m.read();
  }

  @ParameterizedTest
  @ValueSource(longs = {42, 43, 44})
  void alsIsWithinThreeThousandthsWhateverTheSeed(long seed) throws Exception {
    assertThatMetrics(new Als(), seed, .003);
  }

  /**
   * The published decomposition was not converged, and the ratings here are partly filled in: see
   * the ABOUT.md beside the data.
   */
  @Test
  void truncatedSvdIsWithinFourThousandths() throws Exception {
    assertThatMetrics(new TruncatedSvdRanking(), 42, .004);
  }

  private static void assertThatMetrics(RankingModelProvider provider, long seed, double tolerance)
      throws Exception {
    FitContext context =
        new FitContext(
            provider.name(),
            seed,
            DeviceChoice.CPU,
            false,
            1,
            new MemoryFiles(),
            TrainingProgress.SILENT);
    ParameterValues defaults = ParameterValues.of(provider.parameters(), Map.of());
    Map<String, Double> metrics;
    try (FittedModel model = provider.fit(data.train(), defaults, context)) {
      metrics = data.metrics(model);
    }
    System.out.printf("%s seed %d %s%n", provider.name(), seed, metrics);
    Map<String, Double> published = published(provider.name());
    assertThat(metrics.keySet()).containsAll(published.keySet());
    published.forEach(
        (metric, value) ->
            assertThat(metrics.get(metric)).as(metric).isCloseTo(value, within(tolerance)));
  }

  /** The published metrics of a model, by name. */
  private static Map<String, Double> published(String model) throws IOException {
    List<String> lines = Files.readAllLines(Ml1m.folder().resolve(LEADERBOARD));
    String[] names = lines.get(0).split(",");
    String[] cells =
        lines.stream()
            .map(line -> line.split(","))
            .filter(row -> row[0].equals(model))
            .findFirst()
            .orElseThrow();
    Map<String, Double> metrics = new TreeMap<>();
    for (int column = 1; column < names.length; column++) {
      if (names[column].contains("@")) {
        metrics.put(names[column], Double.parseDouble(cells[column]));
      }
    }
    return metrics;
  }
}
