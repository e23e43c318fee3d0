package io.towerbeam.pipelines.workflows;

import static io.towerbeam.pipelines.testing.RunComparison.assertSame;
import static io.towerbeam.pipelines.testing.RunComparison.assertSameFiles;
import static io.towerbeam.pipelines.testing.RunComparison.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs make of a prepared run is what they make of the data that it was prepared from. */
class PreparedInputTest {
  @TempDir static Path shared;
  private static List<String> raw;
  private static Path prepared;
  private static Answer preparing;
  @TempDir Path temp;

  @BeforeAll
  static void prepare() throws IOException {
    List<String> lines = new ArrayList<>(SmallData.INTERACTIONS);
    lines.addAll(List.of("u,a,4,1", "w,z,4,8", "w,a,1,3", "w,a,five,9")); // the first collapses
    raw =
        List.of(
            "--interactions=" + SmallData.write(shared.resolve("log.csv"), lines),
            "--items=" + SmallData.write(shared.resolve("items.csv"), SmallData.ITEMS),
            "--maxRejectedFraction=0.1",
            "--minRating=2");
    prepared = shared.resolve("runs/p");
    List<String> place = List.of("prepare", "--output=" + shared, "--runId=p");
    preparing =
        done(
            Shell.type(
                Stream.of(place, raw, SmallData.SPLIT)
                    .flatMap(List::stream)
                    .toArray(String[]::new)));
  }

  private Answer type(String workflow, String runId, Stream<String> options) {
    return Shell.type(
        Stream.concat(
                Stream.of(workflow, "--output=" + temp.resolve("out"), "--runId=" + runId), options)
            .toArray(String[]::new));
  }

  private static Answer done(Answer answer) {
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    return answer;
  }

  private static Stream<String> both(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more));
  }

  /** Runs a workflow on the raw data with the split, and on what was prepared with neither. */
  private void assertSameRuns(String workflow, String... more) throws IOException {
    Stream<String> split = both(SmallData.SPLIT, more);
    done(type(workflow, "raw", Stream.concat(raw.stream(), split)));
    done(type(workflow, "q", both(List.of("--input=" + prepared), more)));
    assertSame(temp.resolve("out/runs/q"), temp.resolve("out/runs/raw"));
  }

  @Test
  void aLeaderboardIsTheSame() throws IOException {
    assertSameRuns("leaderboard", "--models=most-popular,category-popularity,ease", "--k=1");
    assertThat(json(temp.resolve("out/runs/q"), "manifest.json").at("/options/splitTime").asText())
        .isEqualTo("100");
  }

  @Test
  void aTrainingOnAllRowsIsTheSame() throws IOException {
    List<String> rule = SmallData.SPLIT.subList(1, SmallData.SPLIT.size());
    String[] all = {"--model=most-popular", "--trainOn=all", "--promote=never"};
    done(type("train", "raw", Stream.concat(raw.stream(), both(rule, all))));
    done(type("train", "q", both(List.of("--input=" + prepared), all)));
    assertSame(temp.resolve("out/runs/q"), temp.resolve("out/runs/raw"));
  }

  @Test
  void aSearchIsTheSame() throws IOException {
    assertSameRuns(
        "tune", "--model=als", "--trials=2", "--tuneQuantile=0.6", "--searchSpace=factors=1|2");
  }

  @Test
  void anEvaluationIsTheSame() throws IOException {
    Path lists =
        SmallData.write(
            temp.resolve("other.csv"), List.of("user_id,rank,item_id", "u,1,c", "v,1,a"));
    assertSameRuns("evaluate", "--recommendations=" + lists, "--k=1");
  }

  @Test
  void anotherSplitIsMadeOfAllRows() throws IOException {
    String[] other = {"--splitTime=7", "--models=most-popular", "--k=1", "--shards=3"};
    Stream<String> rule = SmallData.SPLIT.stream().skip(1);
    done(
        type(
            "leaderboard",
            "raw",
            Stream.concat(raw.stream(), Stream.concat(rule, Stream.of(other)))));
    done(type("leaderboard", "q", both(List.of("--input=" + prepared), other)));
    assertSame(temp.resolve("out/runs/q"), temp.resolve("out/runs/raw"));
    assertThat(json(temp.resolve("out/runs/q"), "manifest.json").at("/counts/split_time").asInt())
        .isEqualTo(7);
  }

  @Test
  void heldOutItemsAreHeldOutOfAllRows() throws IOException {
    assertSameRuns(
        "leaderboard", "--models=category-popularity", "--k=1", "--heldOutItems=0.4", "--seed=3");
  }

  @Test
  void aTrainingIsTheSameServesTheSameAndOutlivesThePreparedRunThatItTook() throws IOException {
    done(type("prepare", "p", Stream.of("--input=" + prepared)));
    Path passing = temp.resolve("out/runs/p");
    assertSame(passing, prepared); // with its inherited split, taken as it is
    String[] model = {"--model=als", "--modelParameters=als.factors=2", "--k=1", "--promote=never"};
    done(type("train", "raw", Stream.concat(raw.stream(), both(SmallData.SPLIT, model))));
    done(type("train", "q", both(List.of("--input=" + passing), model)));
    assertSame(temp.resolve("out/runs/q"), temp.resolve("out/runs/raw"));

    List<String> options = List.of("--model=q", "--k=2", "--maxRejectedFraction=0.1");
    done(type("recommend", "of-log", both(options, raw.get(0))));
    done(type("recommend", "of-prepared", both(options, "--input=" + prepared)));
    assertSameFiles(
        temp.resolve("out/runs/of-prepared/recommendations"),
        temp.resolve("out/runs/of-log/recommendations"));

    Files.move(passing, temp.resolve("gone"));
    done(type("recommend", "r", Stream.of("--model=q", "--k=1")));
    done(type("embed", "e", Stream.of("--model=q")));
  }

  @Test
  void whatWasPreparedIsTold() {
    assertThat(preparing.out())
        .contains("Train: 7 interactions of 3 users with 4 items")
        .contains("Test: 2 interactions of 2 users")
        .contains("Go on with: towerbeam leaderboard --input=" + prepared);
  }

  @Test
  void theGeneratedSampleStaysOneAndIsNeverPromoted() throws IOException {
    done(type("prepare", "p", Stream.of()));
    Path sample = temp.resolve("out/runs/p");
    done(type("train", "raw", Stream.of("--model=most-popular")));
    done(type("train", "q", Stream.of("--input=" + sample, "--model=most-popular")));
    assertSame(temp.resolve("out/runs/q"), temp.resolve("out/runs/raw"));
    assertThat(json(temp.resolve("out/runs/q"), "manifest.json").get("synthetic").asBoolean())
        .isTrue();
    assertThat(temp.resolve("out/champions")).doesNotExist();
  }
}
