package io.towerbeam.ml.models.towers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.ml.models.testing.Ml1m;
import io.towerbeam.ml.models.testing.SeedRuns;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The published training on MovieLens-1M: 30 epochs for each of three seeds, some minutes. See
 * {@link SeedRuns} for what can be set; with other parameters the published numbers are not asked.
 */
@Tag("benchmark")
class TwoTowerBenchmarkTest {
  private static Ml1m data;

  @BeforeAll
  static void read() throws Exception {
    assumeTrue(Files.exists(Ml1m.folder()), () -> "no MovieLens-1M in " + Ml1m.folder());
    data = Ml1m.read();
  }

  @Test
  void theSplitIsThePublishedOne() {
    assertThat(data.train().interactions().size()).isEqualTo(800_142);
    assertThat(data.train().interactions().userCount()).isEqualTo(5_392);
    assertThat(data.train().interactions().itemCount()).isEqualTo(3_662);
    assertThat(data.test()).hasSize(836);
  }

  @Test
  void lossAndMetricsAreThePublishedOnes() throws Exception {
    SeedRuns runs = SeedRuns.of(new TwoTowerHybrid(), data);
    if (SeedRuns.areAsPublished()) {
      for (SeedRuns.Run run : runs.runs()) {
        assertThat(run.losses().get(0)).isCloseTo(206.1, within(.5));
        assertThat(run.losses().get(29)).isCloseTo(194.9, within(.5));
      }
      assertThat(runs.mean(SeedRuns.Run::hitRate)).isCloseTo(.766, within(.03));
      assertThat(runs.mean(SeedRuns.Run::ndcg)).isCloseTo(.294, within(.03));
    }
  }
}
