package io.towerbeam.ml.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.factors.Als;
import io.towerbeam.ml.models.linear.Slim;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that are solved for, in 12 steps, broken off after each of them and fitted again. */
class ResumedSolversTest {
  private static final int STEPS = 12;

  /** Twelve items, so that slim has as many steps. */
  private static final MemoryData DATA = MemoryData.twoTastes(40, STEPS, 5);

  private static final String EACH = "checkpointSeconds=0";

  private final MemoryFiles files = new MemoryFiles();

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(new Als(), new String[] {"iterations=" + STEPS, EACH}),
        Arguments.of(new Slim(), new String[] {"alpha=0.1", EACH}));
  }

  @ParameterizedTest
  @MethodSource("models")
  void afterAnyStepItGoesOnAndEndsInTheSameBytes(RankingModelProvider provider, String[] settings)
      throws Exception {
    byte[] undisturbed = finish(provider, DATA, new MemoryFiles(), settings);
    for (int step = 1; step < STEPS - 1; step++) {
      MemoryFiles killed = new MemoryFiles();
      killed.refuseAfter(step);
      assertThatThrownBy(() -> fit(provider, DATA, killed, settings))
          .isInstanceOf(IOException.class);
      assertThat(killed.written()).isEqualTo(step);

      assertThat(finish(provider, DATA, killed, settings)).isEqualTo(undisturbed);
      // a checkpoint after every step but the last, none of them twice, and the model
      assertThat(killed.written()).isEqualTo(STEPS - 1 + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aDamagedCheckpointFallsBackToTheOneBefore(RankingModelProvider provider, String[] settings)
      throws Exception {
    byte[] undisturbed = finish(provider, DATA, new MemoryFiles(), settings);
    files.refuseAfter(7);
    assertThatThrownBy(() -> fit(provider, DATA, files, settings)).isInstanceOf(IOException.class);
    assertThat(files.list("checkpoints")).containsExactly("000000000006.avro", "000000000007.avro");
    files.contents.computeIfPresent(
        "checkpoints/000000000007.avro", (name, bytes) -> Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(finish(provider, DATA, files, settings)).isEqualTo(undisturbed);
    assertThat(files.written()).isEqualTo(STEPS + 1); // the seventh once more
  }

  @ParameterizedTest
  @MethodSource("models")
  void aCheckpointOfOtherDataIsNotResumed(RankingModelProvider provider, String[] settings)
      throws Exception {
    byte[] undisturbed = finish(provider, DATA, new MemoryFiles(), settings);
    files.refuseAfter(7);
    MemoryData other = MemoryData.twoTastes(40, STEPS, 4);
    assertThatThrownBy(() -> fit(provider, other, files, settings)).isInstanceOf(IOException.class);

    assertThat(finish(provider, DATA, files, settings)).isEqualTo(undisturbed);
    assertThat(files.written()).isEqualTo(7 + STEPS);
  }

  @ParameterizedTest
  @MethodSource("models")
  void aFastFitWritesNone(RankingModelProvider provider, String[] settings) throws Exception {
    settings[settings.length - 1] = "checkpointSeconds=60";
    finish(provider, DATA, files, settings);
    assertThat(files.written()).isEqualTo(1);
  }

  private static byte[] finish(
      RankingModelProvider provider, MemoryData data, MemoryFiles files, String... settings)
      throws Exception {
    files.refuseAfter(Integer.MAX_VALUE);
    try (FittedModel model = fit(provider, data, files, settings)) {
      model.save(files);
    }
    assertThat(files.list("checkpoints")).isEmpty();
    return files.contents.get("parameters.avro");
  }

  private static FittedModel fit(
      RankingModelProvider provider, MemoryData data, MemoryFiles files, String... settings)
      throws Exception {
    FitContext context =
        new FitContext(
            provider.name(), 42, DeviceChoice.CPU, false, 1, files, TrainingProgress.SILENT);
    return provider.fit(data, Fits.parameters(provider, settings), context);
  }
}
