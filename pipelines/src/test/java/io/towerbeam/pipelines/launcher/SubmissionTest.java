package io.towerbeam.pipelines.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.UntouchableRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionTest {
  @TempDir Path output;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path run;

  @BeforeEach
  void nameTheRun() {
    run = output.resolve("runs/tally-2026-03-01");
  }

  @Test
  void theJobIsHandedOverAndItsResultIsNotTouched() {
    assertThat(submit("tally", "--runner=" + UntouchableRunner.class.getName()))
        .isEqualTo(ExitCode.DONE);
    assertThat(out).asString().contains("Output goes to " + run, "Handed over to the runner");
    assertThat(err).asString().isEmpty();
    assertThat(UntouchableRunner.lastSteps()).contains("Tally");
    assertThat(run.resolve("claim.json")).exists();
  }

  @Test
  void aFinishedRunIsLeftAloneAndAJobThatDoesNothingTakesItsPlace() throws IOException {
    assertThat(submit("tally")).isEqualTo(ExitCode.DONE);
    assertThat(run.resolve("_SUCCESS")).exists();
    Files.writeString(run.resolve("results/results.json"), "left as it is");

    assertThat(submit("tally", "--runner=" + UntouchableRunner.class.getName()))
        .isEqualTo(ExitCode.DONE);
    assertThat(out).asString().contains("Run tally-2026-03-01 of 2026-03-01T12:00:00Z is finished");
    assertThat(UntouchableRunner.lastSteps()).doesNotContain("Tally").contains("FinishedBefore");
    assertThat(run.resolve("results/results.json")).content().isEqualTo("left as it is");
  }

  @Test
  void whatCannotWorkIsFoundBeforeAnythingIsWritten() {
    assertThat(submit("tally", "--subject=nothing")).isEqualTo(ExitCode.USAGE);
    assertThat(err).asString().isEqualTo("towerbeam: --subject=nothing: give something to tally\n");
    assertThat(submit("taly")).isEqualTo(ExitCode.USAGE);
    assertThat(err).asString().contains("did you mean tally?");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void aRunnerThatTakesNoJobGivesOneLineAndALog() {
    assertThat(
            submit(
                "tally",
                "--runner=" + UntouchableRunner.class.getName(),
                "--jobName=" + UntouchableRunner.REFUSED_JOB))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err)
        .asString()
        .isEqualTo("towerbeam: no quota\n  the stack trace is in %s/error.log\n".formatted(run));
  }

  private int submit(String workflow, String... more) {
    List<String> args = new ArrayList<>(List.of("--output=" + output, "--runDate=2026-03-01"));
    if (List.of(more).stream().noneMatch(arg -> arg.startsWith("--subject="))) {
      args.add("--subject=films");
    }
    args.addAll(List.of(more));
    Console console = new Console(printTo(out), printTo(err));
    return new Submission(console, Clock.fixed(Shell.NOON, ZoneOffset.UTC)).submit(workflow, args);
  }

  private static PrintStream printTo(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
