package io.towerbeam.pipelines.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.run.Storage;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowLauncherTest {
  private static final Instant LATER = Shell.NOON.plus(Duration.ofHours(1));

  @TempDir Path output;
  private Path run;

  @BeforeEach
  void nameTheRun() {
    run = output.resolve("runs/r1");
  }

  @Test
  void aPublishedRunPrintsItsTableBestFirst() {
    Answer answer = tally();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .isEqualTo(
            """
            Running tally: Tallies a subject and leaves results
            Output goes to RUN

            model   hit_rate@10  precision@10  recall@10  ndcg@10        its 95%  map@10  coverage@10  training s
            strong       0.7500        0.2500     0.5000   0.3000  0.2500-0.3600  0.0625       0.5000        12.3
            weak         0.5000        0.1000     0.1250   0.2000                 0.0500       1.0000           -

            Results: RUN/results/results.json
            """
                .replace("RUN", run.toString()));
  }

  @Test
  void aGeneratedSampleIsCalledOne() {
    assertThat(tally("--synthetic=true").out()).contains("The data are a generated sample");
    assertThat(tally("--synthetic=false", "--runId=r2").out()).doesNotContain("generated sample");
  }

  @Test
  void aPartialRunSaysWhatIsMissingAndShowsTheRest() {
    Answer answer = tally("--ending=partial");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.out()).contains("strong");
    assertThat(answer.err())
        .isEqualTo("towerbeam: not all of it was published\n  ease: singular matrix\n");
  }

  @Test
  void aRefusedModelHasAnExitCodeOfItsOwn() {
    Answer answer = tally("--ending=refused");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(answer.err()).contains("ndcg@10 .2 is below the champion's .3");
  }

  @Test
  void aFailedRunGivesReasonsThreeExamplesAndTheFolder() {
    Answer answer = tally("--ending=failed");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.out()).doesNotContain("strong");
    assertThat(answer.err())
        .isEqualTo(
            """
            towerbeam: nothing was published
              4 of 10 rows are malformed: BAD_RATING 4
              for example
                a::1::x::9
                b::1::y::9
                c::1::z::9
              rejected rows are in RUN/dead-letter
            """
                .replace("RUN", run.toString()));
  }

  @Test
  void reasonsSpeakWhereThePipelineBothSaysWhyAndThrows() {
    Answer answer = tally("--ending=failed-and-thrown");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("BAD_RATING 4").doesNotContain("stopped on purpose");
    assertThat(run.resolve("error.log")).doesNotExist();
  }

  @Test
  void aBrokenPipelineGivesOneLineAndALog() {
    Answer answer = tally("--ending=thrown");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .isEqualTo("towerbeam: disk on fire\n  the stack trace is in " + run + "/error.log\n");
    assertThat(run.resolve("error.log"))
        .content()
        .contains("java.lang.IllegalStateException: disk on fire", "LeaveFilesFn");
  }

  @Test
  void aWorkerThatDiesOfMemoryGivesOneLineThatSaysWhatHelps() {
    Answer answer = tally("--ending=out-of-memory");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("OutOfMemoryError: Java heap space", "-Xmx").hasLineCount(2);
    assertThat(run.resolve("_SUCCESS")).doesNotExist();
  }

  @Test
  void aPipelineWithoutVerdictHasFailed() {
    Answer answer = tally("--ending=silent");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("ended without a verdict").hasLineCount(1);
  }

  @Test
  void anOldVerdictDoesNotSpeakForANewAttempt() throws IOException {
    tally("--ending=silent");
    Files.writeString(
        run.resolve("outcome.json"), "{\"verdict\": \"failed\", \"reasons\": [\"old\"]}");
    assertThat(tally("--ending=silent").err()).contains("without a verdict").doesNotContain("old");
  }

  @Test
  void whatCannotWorkIsFoundBeforeAnythingIsWritten() {
    Answer answer = tally("--subject=nothing");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).isEqualTo("towerbeam: --subject=nothing: give something to tally\n");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void whatTurnsUpWhileBuildingIsBadUsageToo() {
    Answer answer = tally("--ending=refused-while-built");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo("towerbeam: --ending=refused-while-built: give an ending that can be built\n");
  }

  @Test
  void aFinishedRunIsLeftAloneAndItsTableShownAgain() throws IOException {
    tally();
    Files.delete(run.resolve(".lock"));
    Answer again = tallyAt(LATER);
    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(again.out())
        .startsWith("Run r1 of 2026-03-01T12:00:00Z is finished and left as it is: " + run)
        .contains("strong");
    assertThat(run.resolve(".lock")).doesNotExist();
  }

  @Test
  void aFinishedRefusalStaysOne() {
    tally("--ending=refused");
    assertThat(tally("--ending=refused").exitCode()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void aBrokenRunGoesOnWithItsFirstStartTime() {
    assertThat(tally("--ending=thrown-once").exitCode()).isEqualTo(ExitCode.FAILED);
    Answer again = tallyAt(LATER, "--ending=thrown-once");
    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(again.out()).startsWith("Going on with tally");
    assertThat(run.resolve("results/results.json")).content().contains("2026-03-01T12:00:00Z");
    assertThat(run.resolve("error.log")).doesNotExist();
  }

  @Test
  void aRunIdOfOtherOptionsIsRefusedWithTheDifference() {
    tally("--keptFraction=.25");
    Answer answer = tally("--seed=7");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: --runId=r1: that run was made with other options: --keptFraction=0.5 (was"
                + " 0.25), --seed=7 (was 42); give another --runId, or the same options\n");
  }

  @Test
  void theRunnersOptionsDoNotMakeAnotherRun() {
    tally();
    assertThat(tally("--targetParallelism=1", "--jobName=mine").exitCode())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void aRunThatSomebodyWorksOnIsRefused() throws IOException {
    Files.createDirectories(run);
    try (FileChannel other =
        FileChannel.open(
            run.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      Answer answer = tally();
      assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(answer.err())
          .startsWith("towerbeam: run r1 is being worked on by another process")
          .hasLineCount(1);
      assertThat(run.resolve("claim.json")).doesNotExist();
    }
    assertThat(tally().exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void anOutputThatIsAFileIsBadUsage() throws IOException {
    Path file = Files.writeString(output.resolve("file"), "");
    Answer answer = tally("--output=" + file, "--runId=r2");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: --output=" + file + ": give a folder that can be written to")
        .hasLineCount(1);
  }

  @Test
  void anOutputInAStoreThatNobodyKnowsIsBadUsage() {
    Answer answer = tally("--output=nowhere://bucket/out");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: --output=nowhere://bucket/out: give a folder in a store that is on the class"
                + " path (No filesystem found for scheme nowhere)\n");
  }

  @Test
  void aRunInAnObjectStoreLeavesAllItsFilesThere() throws IOException {
    Answer answer = tally("--output=memory://bucket/launched");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).contains("strong", "memory://bucket/launched/runs/r1/results");
    assertThat(Storage.exists("memory://bucket/launched/runs/r1/_SUCCESS")).isTrue();
    assertThat(output).isEmptyDirectory();
  }

  private Answer tally(String... more) {
    return tallyAt(Shell.NOON, more);
  }

  /** Options in {@code more} take the place of the usual ones. */
  private Answer tallyAt(Instant time, String... more) {
    List<String> words = new ArrayList<>(List.of("tally"));
    for (String usual : List.of("--output=" + output, "--runId=r1", "--subject=films")) {
      String name = usual.substring(0, usual.indexOf('=') + 1);
      if (List.of(more).stream().noneMatch(word -> word.startsWith(name))) {
        words.add(usual);
      }
    }
    words.addAll(List.of(more));
    return Shell.typeAt(time, words.toArray(String[]::new));
  }
}
