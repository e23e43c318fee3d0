package io.towerbeam.transforms.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.factors.Als;
import io.towerbeam.ml.models.linear.Slim;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.transforms.files.Folder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Three attempts at a model at once, which write, read and delete each other's checkpoints. */
class OverlappingFitsTest {
  private static final int ATTEMPTS = 3;
  private static final int TIMES = 10;
  private static final MemoryData DATA = MemoryData.twoTastes(60, 40, 10);

  @TempDir Path temp;

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(new Als(), new String[] {"checkpointSeconds=0"}),
        Arguments.of(new Slim(), new String[] {"alpha=0.1", "checkpointSeconds=0"}));
  }

  @ParameterizedTest
  @MethodSource("models")
  void allEndWellAndLeaveTheModelOfOne(RankingModelProvider provider, String[] settings)
      throws Exception {
    fit(provider, settings, "once");
    ExecutorService threads = Executors.newFixedThreadPool(ATTEMPTS);
    try {
      for (int time = 0; time < TIMES; time++) {
        String folder = "at-once-" + time;
        CyclicBarrier start = new CyclicBarrier(ATTEMPTS);
        List<Future<?>> attempts = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
          attempts.add(
              threads.submit(
                  () -> {
                    start.await();
                    fit(provider, settings, folder);
                    return null;
                  }));
        }
        for (Future<?> attempt : attempts) {
          attempt.get(1, TimeUnit.MINUTES);
        }
        assertThat(temp.resolve(folder).resolve("parameters.avro"))
            .hasSameBinaryContentAs(temp.resolve("once/parameters.avro"));
        assertThat(temp.resolve(folder).resolve("checkpoints")).isEmptyDirectory();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void fit(RankingModelProvider provider, String[] settings, String folder)
      throws Exception {
    FolderModelFiles files = new FolderModelFiles(new Folder(temp.resolve(folder).toString()));
    FitContext context =
        new FitContext(
            provider.name(), 42, DeviceChoice.CPU, false, 1, files, TrainingProgress.SILENT);
    try (FittedModel model = provider.fit(DATA, Fits.parameters(provider, settings), context)) {
      model.save(files);
    }
  }
}
