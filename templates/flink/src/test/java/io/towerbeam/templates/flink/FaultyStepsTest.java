package io.towerbeam.templates.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.templates.flink.FlinkShell.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a Flink inside this process, which retries what fails, with steps that fail once. */
class FaultyStepsTest {
  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void layOut() throws IOException {
    input = SmallFilms.writeInto(folder.resolve("input"));
  }

  @Test
  void aLeaderboardOfWhichManyStepsFailOnceEndsAsAnUndisturbedOne() throws IOException {
    assertSameWithFaults(5, "leaderboard", "--models=most-popular,two-tower-hybrid");
  }

  @Test
  @Tag("nightly")
  void aLeaderboardOfWhichEachStepFailsOnceEndsAsAnUndisturbedOne() throws IOException {
    assertSameWithFaults(1, "leaderboard", "--models=most-popular,ease,two-tower-hybrid");
  }

  @Test
  @Tag("nightly")
  void aTrainingOfWhichEachStepFailsOnceEndsAsAnUndisturbedOne() throws IOException {
    assertSameWithFaults(1, "train", "--model=two-tower-hybrid");
    assertThat(folder.resolve("faulty/champions").toFile().list()).containsExactly("000001.json");
  }

  /** One in {@code nth} steps fails, if an element gets there. */
  private void assertSameWithFaults(int nth, String workflow, String models) throws IOException {
    Answer calm = run(workflow, models, "calm", List.of());
    assertThat(calm.exitCode()).as(calm.err()).isZero();

    FaultyFlinkRunner.wrapEach(nth);
    Answer answer =
        run(
            workflow,
            models,
            "faulty",
            List.of(
                "--runner=" + FaultyFlinkRunner.class.getName(),
                "--flinkMaster=[local]",
                "--parallelism=2",
                "--useDataStreamForBatch=true",
                "--fasterCopy=true",
                "--numberOfExecutionRetries=1000",
                "--executionRetryDelay=0"));

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(FaultyFn.thrown()).isGreaterThan(30);
    SameRun.assertSame(folderOf("faulty"), folderOf("calm"));
    for (String file : List.of("manifest.json", "outcome.json")) {
      assertThat(counts("faulty", file)).as(file).isEqualTo(counts("calm", file)).isNotEmpty();
    }
    System.out.printf(
        "retries: %d steps of %s failed once each on Flink, results and counts equal%n",
        FaultyFn.thrown(), workflow);
  }

  private JsonNode counts(String output, String file) throws IOException {
    return new ObjectMapper().readTree(folderOf(output).resolve(file).toFile()).get("counts");
  }

  private Answer run(String workflow, String models, String output, List<String> runner) {
    List<String> words =
        new ArrayList<>(
            List.of(
                workflow,
                models,
                "--modelParameters=two-tower-hybrid.epochs=1",
                "--bootstrapResamples=100",
                "--input=" + input,
                "--shards=2",
                "--runId=run",
                "--output=" + folder.resolve(output)));
    words.addAll(runner);
    return FlinkShell.type(words);
  }

  private Path folderOf(String output) {
    return folder.resolve(output).resolve("runs/run");
  }
}
