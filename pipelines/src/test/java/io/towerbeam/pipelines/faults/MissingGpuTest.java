package io.towerbeam.pipelines.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are to have a GPU where there is none. Their input is missing too: nobody looks. */
class MissingGpuTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"train", "leaderboard", "tune"})
  void aRequiredGpuIsLookedForBeforeAnythingIsRead(String workflow) {
    Answer answer =
        Shell.type(
            workflow,
            "--requireGpu=true",
            "--device=cpu",
            "--interactions=" + temp.resolve("none.csv"),
            "--output=" + temp.resolve("out"));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo("towerbeam: --requireGpu: a GPU is required, but the device is set to CPU\n");
    assertThat(temp).isEmptyDirectory();
  }
}
