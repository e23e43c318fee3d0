package io.towerbeam.ml.models.testing;

import com.sun.management.OperatingSystemMXBean;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.schemas.EpochReport;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A model trained on MovieLens-1M for some seeds, and what came of each. {@code -Dseeds=42} trains
 * for that seed alone, {@code -Dmodel=loss=bpr,epochs=2} sets parameters.
 *
 * @param runs a run for each seed
 */
public record SeedRuns(List<Run> runs) {
  private static final PrintStream OUT = System.out;
  private static final String SETTINGS = System.getProperty("model", "");

  /**
   * What came of one seed.
   *
   * @param losses (epochs) the loss of each epoch, summed over batches
   */
  public record Run(double hitRate, double ndcg, List<Double> losses) {}

  /** Whether the parameters are the published ones, so that the published numbers may be asked. */
  public static boolean areAsPublished() {
    return SETTINGS.isEmpty();
  }

  /** Trains, and prints a line for each epoch, each seed and the mean. */
  public static SeedRuns of(RankingModelProvider provider, Ml1m data) throws Exception {
    Map<String, String> given = new HashMap<>();
    Arrays.stream(SETTINGS.split(","))
        .filter(pair -> !pair.isEmpty())
        .forEach(pair -> given.put(pair.split("=")[0], pair.split("=")[1]));
    ParameterValues parameters = ParameterValues.of(provider.parameters(), given);
    SeedRuns runs = new SeedRuns(new ArrayList<>());
    for (String seed : System.getProperty("seeds", "42,43,44").split(",")) {
      runs.runs.add(run(provider, data, parameters, Long.parseLong(seed)));
    }
    OUT.printf(
        "%s mean of %d: HR@10 %.4f NDCG@10 %.4f (%.4f to %.4f)%n",
        provider.name(),
        runs.runs.size(),
        runs.mean(Run::hitRate),
        runs.mean(Run::ndcg),
        runs.runs.stream().mapToDouble(Run::ndcg).min().orElseThrow(),
        runs.runs.stream().mapToDouble(Run::ndcg).max().orElseThrow());
    return runs;
  }

  /** The mean over the seeds. */
  public double mean(ToDoubleFunction<Run> value) {
    return runs.stream().mapToDouble(value).average().orElseThrow();
  }

  private static Run run(
      RankingModelProvider provider, Ml1m data, ParameterValues parameters, long seed)
      throws Exception {
    PrintedEpochs epochs = new PrintedEpochs();
    FitContext context =
        new FitContext(
            provider.name(), seed, DeviceChoice.AUTO, false, 1, new MemoryFiles(), epochs);
    try (FittedModel model = provider.fit(data.train(), parameters, context)) {
      long cpu = epochs.system.getProcessCpuTime();
      Map<String, Double> metrics = data.metrics(model);
      Run run = new Run(metrics.get("hit_rate@10"), metrics.get("ndcg@10"), epochs.losses);
      OUT.printf(
          "%s seed %s %s: HR@10 %.4f NDCG@10 %.4f, coverage@10 %.4f, scored in %.2f CPU s%n",
          provider.name(),
          seed,
          SETTINGS,
          run.hitRate,
          run.ndcg,
          metrics.get("coverage@10"),
          (epochs.system.getProcessCpuTime() - cpu) / 1e9);
      return run;
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
