package io.towerbeam.ml.models.contextual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.ml.models.CategoryPopularity;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingData;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.CategorisedData;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.HeldOutItems;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.testing.Ml1m;
import io.towerbeam.ml.models.testing.PairedTests;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A tenth of MovieLens-1M's items held out, another with each of three seeds, and ranked among
 * themselves: the contextual two-tower against the popularity of categories, by each test user's
 * mean NDCG at 10 over the seeds in which the user took some of them. Some minutes.
 */
@Tag("benchmark")
class HeldOutItemsBenchmarkTest {
  private static final PrintStream OUT = System.out;
  private static final int GENRES = 18;
  private static final long[] SEEDS = {42, 43, 44};

  @Test
  void itemsOutsideTrainingAreRankedBetterThanByTheirCategories() throws Exception {
    assumeTrue(Files.exists(Ml1m.folder()), () -> "no MovieLens-1M in " + Ml1m.folder());
    Ml1m data = Ml1m.read();
    HeldOutItems.UserMeans towers = new HeldOutItems.UserMeans();
    HeldOutItems.UserMeans categories = new HeldOutItems.UserMeans();
    for (long seed : SEEDS) {
      HeldOutItems heldOut = HeldOutItems.of(data, seed);
      TrainingData train = new CategorisedData(heldOut.train(), GENRES);
      double[] ofTowers = ndcgs(new ContextualTwoTower(), train, heldOut, seed);
      double[] ofCategories = ndcgs(new CategoryPopularity(), train, heldOut, seed);
      OUT.printf(
          "seed %d, %d items, %d users: %.4f, by categories %.4f%n",
          seed,
          heldOut.content().rows(),
          ofTowers.length,
          PairedTests.mean(ofTowers),
          PairedTests.mean(ofCategories));
      towers.add(heldOut, ofTowers);
      categories.add(heldOut, ofCategories);
    }
    Map<String, Double> p =
        PairedTests.pValues(towers.values(), Map.of("categories", categories.values()));
    OUT.printf(
        "mean over users: %.4f, by categories %.4f, p = %.4f%n",
        PairedTests.mean(towers.values()),
        PairedTests.mean(categories.values()),
        p.get("categories"));
    assertThat(PairedTests.mean(towers.values()))
        .isGreaterThan(PairedTests.mean(categories.values()));
  }

  private static double[] ndcgs(
      RankingModelProvider provider, TrainingData train, HeldOutItems heldOut, long seed)
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
    try (FittedModel model = provider.fit(train, Fits.parameters(provider), context)) {
      return heldOut.ndcgs(model);
    }
  }
}
