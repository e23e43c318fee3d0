package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuneByReturnsTest {
  private static final String MODEL = "--model=power-of-popularity";
  private static final long DAY = 86_400;

  @TempDir Path temp;

  private Answer tune(String runId, String... more) {
    Stream<String> given =
        Stream.of("tune", MODEL, "--trials=2", "--output=" + temp, "--runId=" + runId);
    return Shell.type(Stream.concat(given, Stream.of(more)).toArray(String[]::new));
  }

  private JsonNode counts(String runId) throws IOException {
    Path manifest = temp.resolve("runs").resolve(runId).resolve("manifest.json");
    return new ObjectMapper().readTree(manifest.toFile()).get("counts");
  }

  /** Twenty users, who took three items at first and two more after 40 days; split at day 100. */
  private static List<String> log() {
    List<String> rows = new ArrayList<>(List.of("user_id,item_id,rating,timestamp"));
    for (int user = 0; user < 20; user++) {
      long[] days = {0, 1, 2, 42, 43, 200};
      for (int row = 0; row < days.length; row++) {
        rows.add("u%d,i%d,3,%d".formatted(user, (user + row) % 8, days[row] * DAY));
      }
    }
    return rows;
  }

  private Answer onLog(String runId, List<String> rows, String... more) throws IOException {
    Path file = SmallData.write(temp.resolve("interactions.csv"), rows);
    Stream<String> given =
        Stream.of(
            "--interactions=" + file,
            "--splitTime=" + 100 * DAY,
            "--minTrainInteractions=1",
            "--minUserTrainInteractions=3",
            "--minTestInteractions=2",
            "--shards=2");
    return tune(runId, Stream.concat(given, Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void everyReturningUserOfTheSampleJudgesInOneFold() throws IOException {
    long judges = 0;
    for (int fold = 1; fold <= 2; fold++) {
      String runId = "fold-" + fold;
      Answer answer = tune(runId, "--tuneReturnDays=30", "--tuneFold=%d/2".formatted(fold));
      assertThat(answer.err()).isEmpty();
      assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
      assertThat(answer.out()).contains("Best: --modelParameters=power-of-popularity.power=");
      JsonNode counts = counts(runId);
      assertThat(counts.get("split_time")).isEqualTo(counts.get("headline_split_time"));
      assertThat(counts.get("test_users").asLong())
          .isPositive()
          .isLessThanOrEqualTo(counts.get("returning_users_in_fold").asLong());
      judges += counts.get("returning_users_in_fold").asLong();
    }
    assertThat(judges).isEqualTo(counts("fold-1").get("returning_users").asLong()).isPositive();
  }

  @Test
  void whatLiesAfterTheSplitIsNotLookedAt() throws IOException {
    List<String> early = new ArrayList<>(log());
    early.removeIf(row -> row.endsWith("," + 200 * DAY));
    assertThat(onLog("all", log(), "--tuneReturnDays=30").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(onLog("early", early, "--tuneReturnDays=30").exitCode()).isEqualTo(ExitCode.DONE);
    for (String name : List.of("test_interactions", "train_interactions", "returning_users")) {
      assertThat(counts("early").get(name)).as(name).isEqualTo(counts("all").get(name));
    }
    JsonNode counts = counts("all");
    long judges = counts.get("returning_users_in_fold").asLong();
    assertThat(judges).isBetween(1L, 19L);
    assertThat(counts.get("returning_users").asLong()).isEqualTo(20);
    assertThat(counts.get("test_interactions").asLong()).isEqualTo(2 * judges);
    assertThat(counts.get("train_interactions").asLong()).isEqualTo(100 - 2 * judges);
  }

  @Test
  void aLogWithoutReturnsIsAClearError() throws IOException {
    Answer answer = onLog("r", log(), "--tuneReturnDays=50");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .contains("the tuning split has no test users: of 20 train users 0 return after more than")
        .contains("--tuneReturnDays=50")
        .contains("0 of them in --tuneFold=1/2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--tuneReturnDays=30 --tuneQuantile=.85; --tuneReturnDays and --tuneQuantile exclude each",
        "--tuneFold=1/4; --tuneFold=1/4: folds are of the users who return; give --tuneReturnDays",
        "--tuneReturnDays=30 --tuneFold=5/4; --tuneFold=5/4: give f/F, the f-th of F folds",
        "--tuneReturnDays=30 --tuneFold=0/4; --tuneFold=0/4: give f/F, the f-th of F folds",
        "--tuneReturnDays=30 --tuneFold=1/1; --tuneFold=1/1: give f/F, the f-th of F folds",
        "--tuneReturnDays=30 --tuneFold=1; --tuneFold=1: give f/F, the f-th of F folds",
        "--tuneReturnDays=0; --tuneReturnDays=0: give a whole number from 1 to 36500",
      })
  void whatCannotWorkIsSaidBeforeAnythingRuns(String options, String says) {
    Answer answer = tune("r", options.split(" "));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).contains(says).hasLineCount(1);
    assertThat(temp.resolve("runs")).doesNotExist();
  }
}
