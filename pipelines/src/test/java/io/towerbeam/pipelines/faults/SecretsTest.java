package io.towerbeam.pipelines.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.options.OptionSpec;
import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.spi.Workflows;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given to Beam and its runners, which may be secret, stands in no file and on no line. */
class SecretsTest {
  private static final String SECRET = "hunter2";

  @TempDir Path temp;

  @Test
  void whatARunnerIsGivenIsWrittenNowhere() throws IOException {
    Answer answer =
        Shell.type(
            "prepare", "--runId=r", "--output=" + temp, "--shards=1", "--userAgent=" + SECRET);
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out() + answer.err()).doesNotContain(SECRET);
    try (Stream<Path> files = Files.walk(temp.resolve("runs/r"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text).as(file.toString()).doesNotContain(SECRET, "userAgent");
      }
    }
    assertThat(temp.resolve("runs/r/claim.json")).content().contains("\"minUsers\" : \"1\"");
  }

  @Test
  void noOptionOfAWorkflowTakesASecret() {
    for (Workflow<?> workflow : Workflows.find().all()) {
      List<OptionSpec> options = OptionSpecs.of(workflow.optionsType()).visible();
      assertThat(options)
          .extracting(OptionSpec::name)
          .noneMatch(name -> name.matches("(?i).*(secret|password|token|credential|apikey).*"));
    }
  }
}
