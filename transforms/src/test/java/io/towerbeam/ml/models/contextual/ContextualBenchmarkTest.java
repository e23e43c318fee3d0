package io.towerbeam.ml.models.contextual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.testing.Ml1m;
import io.towerbeam.ml.models.testing.PairedTests;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The contextual two-tower on MovieLens-1M with seeds 42 to 46 against the models that need no
 * gradients, by NDCG at 10: each user's over the seeds, paired by users. Some minutes.
 */
@Tag("benchmark")
class ContextualBenchmarkTest {
  private static final PrintStream OUT = System.out;
  private static final RankingModels MODELS = RankingModels.onClassPath();

  @BeforeAll
  static void requireData() {
    assumeTrue(Files.exists(Ml1m.folder()), () -> "no MovieLens-1M in " + Ml1m.folder());
  }

  @Test
  void onThePublishedSplit() throws Exception {
    compare(
        "published split",
        Ml1m.read(),
        "truncated-svd",
        "ease",
        "user-knn",
        "als",
        "item-knn",
        "slim",
        "most-popular");
  }

  @Test
  void onASplitThatNothingWasChosenOn() throws Exception {
    compare("quantile .7", Ml1m.read(.7), "truncated-svd", "ease", "most-popular");
  }

  @Test
  void withoutTheRowsThatAreFilledIn() throws Exception {
    compare(
        "without filled-in rows",
        Ml1m.readWithoutFilledIn(),
        "truncated-svd",
        "ease",
        "most-popular");
  }

  private static void compare(String split, Ml1m data, String... others) throws Exception {
    List<double[]> seeds = new ArrayList<>();
    Map<String, Double> means = new TreeMap<>();
    for (long seed : LongStream.rangeClosed(42, 46).toArray()) {
      try (FittedModel model = fit(new ContextualTwoTower(), data, seed)) {
        seeds.add(data.ndcgs(model));
        Map<String, Double> metrics = data.metrics(model);
        OUT.printf("%s, %d users, seed %d: %s%n", split, data.test().size(), seed, metrics);
        metrics.forEach((name, value) -> means.merge(name, value / 5, Double::sum));
      }
    }
    OUT.printf("%s, mean of five seeds: %s%n", split, means);
    Map<String, double[]> ndcgs = new LinkedHashMap<>();
    for (String name : others) {
      try (FittedModel model = fit(MODELS.get(name), data, 42)) {
        ndcgs.put(name, data.ndcgs(model));
        OUT.printf("%s, %s: %s%n", split, name, data.metrics(model));
      }
    }
    Map<String, Double> pValues = PairedTests.pValues(PairedTests.meanOf(seeds), ndcgs);
    OUT.printf("%s, p by Holm: %s%n", split, pValues);
    for (String name : others) {
      double other = PairedTests.mean(ndcgs.get(name));
      assertThat(means.get("ndcg@10")).as(split + ": " + name).isGreaterThan(other);
    }
  }

  private static FittedModel fit(RankingModelProvider provider, Ml1m data, long seed)
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
    return provider.fit(data.train(), Fits.parameters(provider), context);
  }
}
