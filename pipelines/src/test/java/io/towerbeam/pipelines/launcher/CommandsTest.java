package io.towerbeam.pipelines.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {
  @Test
  void listNamesWorkflowsAndCommands() {
    Answer answer = Shell.type("list");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out().lines())
        .contains("  tally        Tallies a subject and leaves results")
        .contains("  list         Lists the workflows and commands");
  }

  @Test
  void helpShowsEachOptionWithDefaultRangeAndEffect() throws IOException {
    Answer answer = Shell.type("help", "tally");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).isEqualTo(golden("tally-help.txt"));
  }

  @Test
  void describeHoldsParametersAndArtifacts() throws IOException {
    Answer answer = Shell.type("describe", "tally");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).isEqualTo(golden("tally-describe.json"));
  }

  @Test
  void noWordsAtAllAndHelpPrintTheUsage() {
    Answer none = Shell.type();
    assertThat(none.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(none.out()).startsWith("Usage: towerbeam <workflow> [--option=value ...]");
    assertThat(Shell.type("--help")).isEqualTo(none);
    assertThat(Shell.type("help")).isEqualTo(none);
  }

  @Test
  void helpAsAnOptionIsTheWorkflowsHelp() {
    assertThat(Shell.type("tally", "--help")).isEqualTo(Shell.type("help", "tally"));
  }

  @Test
  void helpKnowsBeamsOwnOptions() {
    assertThat(Shell.type("help", "DirectOptions").out()).contains("--targetParallelism");
    assertThat(Shell.type("help", "PipelineOptions").out()).contains("DirectOptions");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "taly        | taly: no such workflow or command; known are ",
        "taly        | ; did you mean tally?",
        "help taly   | taly: no such workflow; known are ",
        "help Options| Options: no such options; towerbeam help PipelineOptions lists them",
        "describe    | describe takes one workflow; known are ",
        "list all    | list takes nothing more, but was given all",
        "--k=5       | --k=5: say first what to run; known are "
      })
  void whatMakesNoSenseGetsOneLine(String words, String line) {
    Answer answer = Shell.type(words.strip().split(" "));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).startsWith("towerbeam: ").contains(line).hasLineCount(1);
    assertThat(answer.out()).isEmpty();
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = CommandsTest.class.getResourceAsStream("/golden/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
