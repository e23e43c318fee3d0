package io.towerbeam.ml.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.testing.Ml1m;
import io.towerbeam.ml.models.training.Torch;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CPU seconds of the whole process, compiler and collector included, for one fit of each model on
 * MovieLens-1M and the ten best items of its test users, with code that has not run before. Loading
 * libtorch is not counted, as the peer's imports are not: see {@code src/test/benchmark}.
 */
@Tag("benchmark")
class RankingModelsBenchmarkTest {
  private static final int BATCH = 256;
  private static final int K = 10;
  private static final PrintStream OUT = System.out;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static Ml1m data;

  @BeforeAll
  static void read() throws Exception {
    assumeTrue(Files.exists(Ml1m.folder()), () -> "no MovieLens-1M in " + Ml1m.folder());
    data = Ml1m.read();
    Torch.useThreads(1);
    OUT.printf("%-15s %8s %8s   CPU s; metrics at %d%n", "model", "fit", "score", K);
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn", "truncated-svd", "als", "ease"})
  void printsWhatAFitAndTheScoresCost(String name) throws Exception {
    RankingModels models = RankingModels.onClassPath();
    assumeTrue(models.names().contains(name), () -> "no model " + name + " on the class path");
    RankingModelProvider provider = models.get(name);
    System.gc(); // so that no model pays for what came before it
    long start = SYSTEM.getProcessCpuTime();
    try (FittedModel model =
        provider.fit(
            data.train(), ParameterValues.of(provider.parameters(), Map.of()), context(name))) {
      long fitted = SYSTEM.getProcessCpuTime();
      int lists = recommend(model);
      long scored = SYSTEM.getProcessCpuTime();
      assertThat(lists).isEqualTo(data.test().size());
      OUT.printf(
          "%-15s %8.3f %8.3f   %s%n",
          name, (fitted - start) / 1e9, (scored - fitted) / 1e9, metrics(model));
    }
  }

  private static FitContext context(String name) {
    return new FitContext(
        name, 42, DeviceChoice.CPU, false, 1, new MemoryFiles(), TrainingProgress.SILENT);
  }

  /** The best items of all test users, in batches as a run does; how many lists are full. */
  private static int recommend(FittedModel model) {
    List<Integer> users = List.copyOf(data.test().keySet());
    int full = 0;
    for (int from = 0; from < users.size(); from += BATCH) {
      List<UserHistory> histories =
          users.subList(from, Math.min(from + BATCH, users.size())).stream()
              .map(data.train()::history)
              .toList();
      FloatMatrix scores = model.score(histories);
      for (int row = 0; row < histories.size(); row++) {
        BitSet masked = new BitSet();
        Arrays.stream(histories.get(row).items()).forEach(masked::set);
        int columns = scores.columns();
        int[] top = TopK.select(scores.values(), row * columns, columns, K, masked);
        full += top.length == K ? 1 : 0;
      }
    }
    return full;
  }

  private static String metrics(FittedModel model) {
    return data.metrics(model).entrySet().stream()
        .map(entry -> "%s %.4f".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(" "));
  }
}
