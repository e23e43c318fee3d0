package io.towerbeam.ml.models.testing;

import com.sun.management.OperatingSystemMXBean;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.TrainingProgress;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fits models on MovieLens-1M one after the other and prints the mean metrics at 10 of each, with
 * the least and the greatest NDCG over its seeds: {@code Trials test|tuning|returns|<quantile>
 * settings.txt}. Of returns it prints the means over four folds. A line of the file is a model's
 * name, seeds such as {@code 42,43} and parameters {@code name=value}, with spaces between.
 */
public final class Trials {
  private static final PrintStream OUT = System.out;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final List<String> METRICS =
      List.of("hit_rate@10", "precision@10", "recall@10", "ndcg@10", "map@10", "coverage@10");

  private Trials() {}

  public static void main(String[] arguments) throws Exception {
    List<Ml1m> data =
        switch (arguments[0]) {
          case "test" -> List.of(Ml1m.read());
          case "tuning" -> List.of(Ml1m.readTuning());
          case "returns" ->
              List.of(
                  Ml1m.readReturns(0),
                  Ml1m.readReturns(1),
                  Ml1m.readReturns(2),
                  Ml1m.readReturns(3));
          default -> List.of(Ml1m.readTuning(Double.parseDouble(arguments[0])));
        };
    for (String line : Files.readAllLines(Path.of(arguments[1]), StandardCharsets.UTF_8)) {
      if (!line.isBlank()) {
        run(data, line.trim().split("\\s+"));
      }
    }
  }

  private static void run(List<Ml1m> folds, String[] words) throws Exception {
    RankingModelProvider provider = RankingModels.onClassPath().get(words[0]);
    String[] settings = Arrays.copyOfRange(words, 2, words.length);
    Map<String, Double> sums = new TreeMap<>();
    String[] seeds = words[1].split(",");
    double least = 1;
    double most = 0;
    double seconds = 0;
    for (String seed : seeds) {
      Map<String, Double> ofSeed = new TreeMap<>();
      for (Ml1m data : folds) {
        FitContext context =
            new FitContext(
                words[0],
                Long.parseLong(seed),
                DeviceChoice.CPU,
                false,
                1,
                new MemoryFiles(),
                TrainingProgress.SILENT);
        long before = SYSTEM.getProcessCpuTime();
        try (FittedModel model =
            provider.fit(data.train(), Fits.parameters(provider, settings), context)) {
          seconds += (SYSTEM.getProcessCpuTime() - before) / 1e9;
          Map<String, Double> metrics = data.metrics(model);
          METRICS.forEach(
              name -> ofSeed.merge(name, metrics.get(name) / folds.size(), Double::sum));
        }
      }
      METRICS.forEach(name -> sums.merge(name, ofSeed.get(name), Double::sum));
      least = Math.min(least, ofSeed.get("ndcg@10"));
      most = Math.max(most, ofSeed.get("ndcg@10"));
    }
    StringBuilder line = new StringBuilder();
    METRICS.forEach(name -> line.append(" %.4f".formatted(sums.get(name) / seeds.length)));
    OUT.printf(
        "HR P R NDCG MAP cov%s | ndcg %.4f to %.4f | %.1f CPU s | %s%n",
        line, least, most, seconds / seeds.length, String.join(" ", words));
  }
}
