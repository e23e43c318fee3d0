package io.towerbeam.pipelines.workflows;

import static io.towerbeam.pipelines.testing.RunComparison.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Records;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.InputColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What data are like is saved with a run, compared with the last, and may stop it. */
class DataCheckWorkflowTest {
  @TempDir Path temp;
  private List<String> input;

  @BeforeEach
  void writeData() throws IOException {
    List<String> lines = new ArrayList<>(SmallData.INTERACTIONS);
    lines.addAll(List.of("u,a,5,1", "w,q,5,8")); // a duplicate, and an item without a catalogue row
    input = input(lines);
  }

  private List<String> input(List<String> lines) throws IOException {
    return List.of(
        "--interactions=" + SmallData.write(temp.resolve("log.csv"), lines),
        "--items=" + SmallData.write(temp.resolve("items.csv"), SmallData.ITEMS));
  }

  /** Runs with a start so many minutes after noon. */
  private Answer run(int minutes, String workflow, String runId, String... more) {
    List<String> words = new ArrayList<>(List.of(workflow, "--runId=" + runId));
    words.add("--output=" + temp.resolve("out"));
    if (Stream.of(more).noneMatch(word -> word.startsWith("--input="))) {
      words.addAll(input);
      words.addAll(SmallData.SPLIT);
    }
    words.addAll(List.of(more));
    return Shell.typeAt(Shell.NOON.plus(Duration.ofMinutes(minutes)), words.toArray(String[]::new));
  }

  private static void mustBeDone(Answer answer) {
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
  }

  private Path run(String runId) {
    return temp.resolve("out/runs").resolve(runId);
  }

  private DataStatistics statistics(String runId) throws IOException {
    return Records.in(run(runId).resolve("statistics"), "data", DataStatistics.class).get(0);
  }

  @Test
  void whatTheDataAreLikeIsSaved() throws IOException {
    mustBeDone(run(0, "prepare", "p"));
    DataStatistics data = statistics("p");
    assertThat(data.getColumns())
        .extracting(InputColumn::getUse, InputColumn::getName)
        .extracting(tuple -> String.join("=", tuple.toList().toArray(String[]::new)))
        .containsExactly(
            "user=user_id",
            "item=item_id",
            "rating=rating",
            "time=timestamp",
            "item_id=item_id",
            "title=title",
            "categories=genres");
    assertThat(data.getInteractionsRead()).isEqualTo(12);
    assertThat(data.getDuplicates()).isEqualTo(1);
    assertThat(data.getInteractions()).isEqualTo(11);
    assertThat(data.getInteractionsWithUnknownItem()).isEqualTo(1);
    assertThat(data.getUsers()).isEqualTo(4);
    assertThat(data.getItems()).isEqualTo(5);
    assertThat(data.getCatalogueItems()).isEqualTo(4);
    assertThat(data.getFirstTime()).isEqualTo(1);
    assertThat(data.getLastTime()).isEqualTo(104);
    assertThat(data.getUserActivity()).startsWith(1L, 2L, 1L, 0L); // x 1, u and w 3, v 4
    assertThat(data.getItemPopularity()).startsWith(2L, 2L, 1L, 0L); // d, q 1; c 2, b 3; a 4
    assertThat(data.getComparedWith()).isNull();
    assertThat(data.getItemDrift()).isNull();
  }

  @Test
  void dataThatFailAreNotFittedOn() throws IOException {
    Answer answer = run(0, "leaderboard", "r", "--models=ease", "--minUsers=5", "--minItems=6");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .isEqualTo(
            """
            towerbeam: nothing was published
              the data have 4 users, fewer than --minUsers=5 asks for
              the data have 5 items, fewer than --minItems=6 asks for
            """);
    JsonNode outcome = json(run("r"), "outcome.json");
    assertThat(outcome.get("verdict").asText()).isEqualTo("failed");
    assertThat(outcome.get("reasons")).hasSize(2);
    assertThat(outcome.at("/counts/duplicates_collapsed").asInt()).isEqualTo(1);
    assertThat(statistics("r").getUsers()).isEqualTo(4);
    for (String absent : List.of("model", "_SUCCESS", "results", "manifest.json", "error.log")) {
      assertThat(run("r").resolve(absent)).doesNotExist();
    }
  }

  @Test
  void aModelThatIsTrainedOrSearchedIsGuardedTooAndAPreparedRunIsCheckedAgain() throws IOException {
    String tooMany = "the data have 1 duplicates among 12, a share of 0.083333, more than";
    String[] strict = {"--maxDuplicateFraction=0.05"};
    assertThat(run(0, "train", "t", "--model=ease", strict[0]).err()).contains(tooMany);
    assertThat(temp.resolve("out/champions")).doesNotExist();
    assertThat(run(0, "tune", "u", "--model=ease", "--trials=1", strict[0]).err())
        .contains(tooMany);
    mustBeDone(run(0, "prepare", "p"));
    String prepared = "--input=" + run("p");
    assertThat(run(0, "train", "w", "--model=ease", prepared, strict[0], "--splitTime=7").err())
        .contains(tooMany);
  }

  @Test
  void driftIsSinceTheLastPublishedRunOfTheSameWorkflow() throws IOException {
    mustBeDone(run(0, "prepare", "first"));
    mustBeDone(run(1, "leaderboard", "other", "--models=most-popular"));
    assertThat(run(2, "prepare", "failed", "--minUsers=9").exitCode()).isEqualTo(ExitCode.FAILED);
    List<String> more = new ArrayList<>(SmallData.INTERACTIONS);
    for (int user = 0; user < 12; user++) {
      more.add("n%d,a,1,%d".formatted(user, 9 + user));
    }
    input = input(more);
    Answer refused = run(3, "prepare", "moved", "--maxActivityDrift=0.25", "--maxItemDrift=1000");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    // users before: 1, 2 and 1 with 1, 2-3 and 4-7 interactions of 4; now 13, 2 and 1 of 16
    double drift =
        (13 / 16. - .25) * Math.log(13 / 16. / .25)
            + (2 / 16. - .5) * Math.log(2 / 16. / .5)
            + (1 / 16. - .25) * Math.log(1 / 16. / .25);
    assertThat(refused.err())
        .contains(
            "users by number of interactions have drifted by %.4f since run first, more than"
                    .formatted(drift)
                + " --maxActivityDrift=0.25 allows");
    mustBeDone(run(4, "prepare", "taken"));
    assertThat(statistics("taken").getComparedWith()).isEqualTo("first");
    assertThat(statistics("taken").getActivityDrift()).isCloseTo(drift, within(1e-12));
    mustBeDone(run(5, "prepare", "same", "--maxActivityDrift=0", "--maxItemDrift=0"));
    assertThat(statistics("same").getComparedWith()).isEqualTo("taken");
  }

  @Test
  void aDamagedRunIsNotComparedWith() throws IOException {
    mustBeDone(run(0, "prepare", "whole"));
    mustBeDone(run(1, "prepare", "damaged"));
    mustBeDone(run(2, "prepare", "cut"));
    Files.writeString(run("damaged").resolve("manifest.json"), "{");
    Path statistics = run("cut").resolve("statistics/data.avro");
    Files.write(statistics, new byte[] {'O', 'b', 'j', 1, 2});
    mustBeDone(run(3, "prepare", "next"));
    assertThat(statistics("next").getComparedWith()).isEqualTo("whole");
  }
}
