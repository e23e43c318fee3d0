package io.towerbeam.ml.models.ncf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.testing.Ml1m;
import io.towerbeam.ml.models.testing.SeedRuns;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published trainings on MovieLens-1M: 20 epochs for each of three seeds, some minutes. See
 * {@link SeedRuns} for what can be set; with other parameters the published numbers are not asked.
 */
@Tag("benchmark")
class NcfBenchmarkTest {
  private static Ml1m data;

  @BeforeAll
  static void read() throws Exception {
    assumeTrue(Files.exists(Ml1m.folder()), () -> "no MovieLens-1M in " + Ml1m.folder());
    data = Ml1m.read();
  }

  @ParameterizedTest
  @CsvSource({"ncf-bpr, .8146, .3283", "ncf-bce, .8014, .3249"})
  void metricsAreThePublishedOnes(String model, double hitRate, double ndcg) throws Exception {
    SeedRuns runs = SeedRuns.of(RankingModels.onClassPath().get(model), data);
    if (SeedRuns.areAsPublished()) {
      assertThat(runs.mean(SeedRuns.Run::ndcg)).isCloseTo(ndcg, within(.015));
      assertThat(runs.mean(SeedRuns.Run::hitRate)).isCloseTo(hitRate, within(.03));
    }
  }
}
