package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where no warehouse is on the class path, as here, there are no tables: told in a line. */
class TablesWithoutWarehouseTest {
  private static final String WITHOUT =
      ": BigQuery is not on the class path: type pipelines/bin/towerbeam <workflow> with a runner"
          + " other than Flink's, or add io.towerbeam:towerbeam-templates\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"prepare", "leaderboard", "train", "tune", "evaluate --recommendations=x"})
  void noTableIsRead(String workflow) {
    List<String> words = new ArrayList<>(List.of(workflow.split(" ")));
    words.addAll(List.of("--interactionsTable=p1:d.t", "--output=" + folder));
    assertRefused(words, "--interactionsTable=p1:d.t" + WITHOUT);
  }

  @Test
  void noTableIsLoaded() throws IOException {
    Path log = SmallData.write(folder.resolve("log.csv"), SmallData.INTERACTIONS);
    assertRefused(
        List.of("train", "--interactions=" + log, "--bigQueryDataset=p1:d", "--output=" + folder),
        "--bigQueryDataset=p1:d" + WITHOUT);
  }

  private static void assertRefused(List<String> words, String line) {
    Answer answer = Shell.type(words.toArray(String[]::new));
    assertThat(answer.err()).isEqualTo("towerbeam: " + line);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
