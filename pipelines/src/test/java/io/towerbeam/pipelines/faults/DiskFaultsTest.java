package io.towerbeam.pipelines.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output that goes to a disk without room, or to where nothing can be written. */
class DiskFaultsTest {
  @TempDir Path temp;
  private MicroSample sample;

  @BeforeEach
  void setUp() throws IOException {
    sample = MicroSample.in(temp.resolve("data"));
  }

  /** No file may grow beyond so much, which the claim does not: writes fail as on a full disk. */
  @Test
  void aFullDiskIsToldInALineAndPublishesNothing() throws Exception {
    int limitKib = 1;
    Path output = temp.resolve("out");
    List<String> shell =
        List.of("bash", "-c", "trap '' XFSZ; ulimit -f " + limitKib + "; exec \"$@\"", "limited");
    OtherProcess.Ended full =
        OtherProcess.start(temp.resolve("said.txt"), shell, jar -> true, words(output)).end();
    assertThat(full.exitCode()).as(full.output()).isEqualTo(ExitCode.FAILED);
    assertThat(full.errorLines()).hasSize(1);
    assertThat(full.errorLines().get(0)).contains("File too large");
    assertThat(full.output()).doesNotContain("\tat ");
    assertThat(output.resolve("runs/r/_SUCCESS")).doesNotExist();
    assertThat(output.resolve("champions/000001.json")).doesNotExist();
    assertThat(output.resolve("all_experiments_results.csv")).doesNotExist();
    Answer again = Shell.type(words(output).toArray(String[]::new));
    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
    assertThat(output.resolve("champions/000001.json")).exists();
  }

  @Test
  void anOutputBelowAFileIsRefusedBeforeAnythingRuns() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "in the way");
    Path output = file.resolve("out");
    Answer answer = Shell.type(words(output).toArray(String[]::new));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err().lines()).hasSize(1);
    assertThat(answer.err())
        .startsWith("towerbeam: --output=" + output + ": give a folder that can be written to");
    Files.delete(file);
    assertThat(Shell.type(words(output).toArray(String[]::new)).exitCode())
        .isEqualTo(ExitCode.DONE);
  }

  private List<String> words(Path output) {
    List<String> words = new ArrayList<>(List.of("train", "--model=most-popular"));
    words.addAll(sample.options());
    words.addAll(List.of("--output=" + output, "--runId=r"));
    return words;
  }
}
