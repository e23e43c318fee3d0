package io.towerbeam.ml.models.towers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.testing.Ml1m;
import io.towerbeam.schemas.EpochReport;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The published training on MovieLens-1M: 30 epochs for each of three seeds, some minutes. {@code
 * -Dseeds=42} trains for that seed alone, {@code -Dmodel=loss=bpr,scoring=cosine} sets parameters
 * (the published numbers are then not asked for).
 */
@Tag("benchmark")
class TwoTowerBenchmarkTest {
  private static final PrintStream OUT = System.out;
  private static final String MODEL = System.getProperty("model", "");
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
    RankingModelProvider provider = new TwoTowerHybrid();
    Map<String, String> given = new HashMap<>();
    Arrays.stream(MODEL.split(","))
        .filter(pair -> !pair.isEmpty())
        .forEach(pair -> given.put(pair.split("=")[0], pair.split("=")[1]));
    double hitRate = 0;
    double ndcg = 0;
    String[] seeds = System.getProperty("seeds", "42,43,44").split(",");
    for (String seed : seeds) {
      PrintedEpochs epochs = new PrintedEpochs();
      try (FittedModel model =
          provider.fit(
              data.train(),
              ParameterValues.of(provider.parameters(), given),
              new FitContext(
                  "two-tower-hybrid",
                  Long.parseLong(seed),
                  DeviceChoice.AUTO,
                  false,
                  1,
                  new MemoryFiles(),
                  epochs))) {
        Map<String, Double> metrics = data.metrics(model);
        OUT.printf(
            "seed %s %s: HR@10 %.4f NDCG@10 %.4f%n",
            seed, MODEL, metrics.get("hit_rate@10"), metrics.get("ndcg@10"));
        hitRate += metrics.get("hit_rate@10") / seeds.length;
        ndcg += metrics.get("ndcg@10") / seeds.length;
      }
      if (MODEL.isEmpty()) {
        assertThat(epochs.losses.get(0)).isCloseTo(206.1, within(.5));
        assertThat(epochs.losses.get(29)).isCloseTo(194.9, within(.5));
      }
    }
    OUT.printf("mean of %d: HR@10 %.4f NDCG@10 %.4f%n", seeds.length, hitRate, ndcg);
    if (MODEL.isEmpty()) {
      assertThat(hitRate).isCloseTo(.766, within(.03));
      assertThat(ndcg).isCloseTo(.294, within(.03));
    }
  }

  /** Prints a line per epoch with the CPU seconds of the whole process. */
  private static final class PrintedEpochs implements TrainingProgress {
    private final OperatingSystemMXBean system =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final List<Double> losses = new ArrayList<>();
    private long cpu = system.getProcessCpuTime();

    @Override
    public void finishedEpoch(EpochReport report) {
      losses.add(report.getLoss());
      long now = system.getProcessCpuTime();
      OUT.printf(
          "epoch %d: loss %.2f over %d batches, %.2f CPU s, %.2f s%n",
          report.getEpoch(),
          report.getLoss(),
          report.getBatches(),
          (now - cpu) / 1e9,
          report.getSeconds());
      cpu = now;
    }
  }
}
