package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import io.towerbeam.transforms.files.AvroFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole workflows on data that can be reckoned by hand, and on the generated sample. */
class WorkflowsEndToEndTest {
  @TempDir Path temp;
  private Path interactions;
  private Path items;
  private Path run;

  @BeforeEach
  void setUp() throws IOException {
    interactions = SmallData.write(temp.resolve("interactions.csv"), SmallData.INTERACTIONS);
    items = SmallData.write(temp.resolve("items.csv"), SmallData.ITEMS);
    run = temp.resolve("out/runs/r");
  }

  private Answer leaderboard(String... more) {
    return run("leaderboard", Stream.concat(Stream.of("--models=most-popular"), Stream.of(more)));
  }

  private Answer evaluate(Path lists, String... more) {
    return run("evaluate", Stream.concat(Stream.of("--recommendations=" + lists), Stream.of(more)));
  }

  /** The small data and a run r, unless told otherwise. */
  private Answer run(String workflow, Stream<String> more) {
    Map<String, String> options = new LinkedHashMap<>();
    Stream.of(
            Stream.of(
                "--interactions=" + interactions,
                "--items=" + items,
                "--output=" + temp.resolve("out"),
                "--runId=r",
                "--k=1",
                "--bootstrapResamples=100"),
            SmallData.SPLIT.stream(),
            more)
        .flatMap(group -> group)
        .forEach(option -> options.put(option.substring(0, option.indexOf('=')), option));
    return Shell.type(
        Stream.concat(Stream.of(workflow), options.values().stream()).toArray(String[]::new));
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(run.resolve(name).toFile());
  }

  @Test
  void aLeaderboardEndsWithResultsThatCanBeReckonedByHand() throws IOException {
    Answer answer = leaderboard();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    JsonNode result = json("results/results.json").get(0);
    assertThat(result.get("model_name").asText()).isEqualTo("most-popular");
    // u gets c, v gets b: each is the one unseen item, and each is in the user's test items
    assertThat(result.at("/metrics/hit_rate@1").asDouble()).isEqualTo(1);
    assertThat(result.at("/metrics/ndcg@1").asDouble()).isEqualTo(1);
    assertThat(result.at("/metrics/coverage@1").asDouble()).isEqualTo(2. / 3, within());
    assertThat(result.get("dataset_info"))
        .hasToString(
            "{\"n_train_users\":3,\"n_test_users\":2,\"n_items\":3,\"train_size\":6,\"test_size\":2}");
    assertThat(json("outcome.json").get("verdict").asText()).isEqualTo("published");
    assertThat(json("manifest.json").at("/counts/excluded_cold_item_interactions").asInt())
        .isEqualTo(1);
    assertThat(json("manifest.json").at("/counts/split_time").asInt()).isEqualTo(100);
    assertThat(run.resolve("_SUCCESS")).exists();
    assertThat(Files.readAllLines(temp.resolve("out/all_experiments_results.csv")))
        .filteredOn(line -> line.startsWith("r,most-popular,all,"))
        .hasSize(1);
    assertThat(run.resolve("report/index.html")).content().contains("Gamma (1992)");
    assertThat(answer.out()).contains("Report: ");
  }

  @Test
  void aPublishedRunThatTheTableOfAllRunsLacksIsPutThereWhenItIsAskedForAgain() throws IOException {
    leaderboard();
    leaderboard("--runId=r2");
    Path table = temp.resolve("out/all_experiments_results.csv");
    String whole = Files.readString(table);
    Files.delete(table); // as a process leaves it that is killed once its run is published
    assertThat(leaderboard().out()).contains("is finished and left as it is");
    assertThat(table).content().isEqualTo(whole);

    Files.writeString(table, whole.replace("\nr,", "\nr10,"));
    leaderboard("--runId=r2");
    assertThat(table).content().contains("\nr10,");
    leaderboard();
    assertThat(table).content().isEqualTo(whole);
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }

  @Test
  void theSameRunInAnotherPlaceLeavesTheSameFiles() throws IOException {
    leaderboard();
    leaderboard("--output=" + temp.resolve("again"));
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".avro")).toList()) {
        if (!file.toString().contains("results")) { // which hold how long fitting took
          assertThat(file)
              .hasSameBinaryContentAs(temp.resolve("again/runs/r").resolve(run.relativize(file)));
        }
      }
    }
  }

  @Test
  void badRowsGoToTheDeadLettersAndFailTheRun() throws IOException {
    List<String> lines = new ArrayList<>(SmallData.INTERACTIONS);
    lines.add("u,a,five,9");
    SmallData.write(interactions, lines);
    Answer answer = leaderboard();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .contains("1 of 15 rows were rejected, more than --maxRejectedFraction=0.0 allows")
        .contains("u,a,five,9")
        .contains("dead-letter")
        .doesNotContain("\tat ");
    assertThat(run.resolve("_SUCCESS")).doesNotExist();
    assertThat(json("outcome.json").get("verdict").asText()).isEqualTo("failed");
    assertThat(deadLetters())
        .extracting(RejectedRecord::getReason)
        .containsExactly(RejectionReason.BAD_RATING);
  }

  private List<RejectedRecord> deadLetters() throws IOException {
    List<RejectedRecord> rejected = new ArrayList<>();
    try (Stream<Path> files = Files.list(run.resolve("dead-letter"))) {
      for (Path file : files.toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          AvroFiles.read(in, RejectedRecord.class, rejected::add);
        }
      }
    }
    return rejected;
  }

  @Test
  void fewEnoughBadRowsAreLetPassAndCounted() throws IOException {
    List<String> lines = new ArrayList<>(SmallData.INTERACTIONS);
    lines.add("u,a,five,9");
    SmallData.write(interactions, lines);
    assertThat(leaderboard("--maxRejectedFraction=0.1").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(json("manifest.json").at("/counts/rows_rejected").asInt()).isEqualTo(1);
    assertThat(deadLetters()).hasSize(1);
  }

  @Test
  void anInputWithoutRowsIsAClearError() throws IOException {
    SmallData.write(interactions, SmallData.INTERACTIONS.subList(0, 1));
    Answer answer = leaderboard();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("the input has no interactions");
  }

  @Test
  void aSplitWithoutTestUsersIsAClearError() {
    Answer answer = leaderboard("--splitTime=1000");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("the split has no test users: none of 4 train users");
  }

  @Test
  void aSplitWithoutTrainUsersIsAClearError() {
    Answer answer = leaderboard("--splitTime=0");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("the split has no train users");
  }

  @Test
  void aMissingColumnIsFoundBeforeAnythingRuns() throws IOException {
    SmallData.write(interactions, List.of("user,item_id,timestamp", "u,a,1"));
    Answer answer = leaderboard();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: %s: no column \"user_id\"; the columns are: user, item_id, timestamp\n"
                .formatted(interactions));
    assertThat(run).doesNotExist();
  }

  @Test
  void aMissingFileIsFoundBeforeAnythingRuns() throws IOException {
    Files.delete(items);
    Answer answer = leaderboard();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).isEqualTo("towerbeam: %s: no such file\n".formatted(items));
  }

  @Test
  void anInputInAnUnknownStoreIsRefused() {
    Answer answer = Shell.type("leaderboard", "--input=nowhere://bucket/ml-1m");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).isEqualTo("towerbeam: No filesystem found for scheme nowhere\n");
  }

  @Test
  void aFolderThatIsNotMovieLensIsRefused() {
    Answer answer = Shell.type("leaderboard", "--input=" + temp);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).startsWith("towerbeam: --input=" + temp + ": give a folder with");
  }

  @Test
  void anUnknownModelNamesTheKnownOnesAndTheNearest() {
    Answer answer = Shell.type("leaderboard", "--models=most-populr");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: --models=most-populr: no such model; known are ")
        .endsWith("; did you mean most-popular?\n");
  }

  @Test
  void anUnknownModelParameterIsRefused() {
    Answer answer = Shell.type("leaderboard", "--modelParameters=two-tower-hybrid.epoch=3");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).contains("no such parameter").endsWith("did you mean epochs?\n");
  }

  @Test
  void aModelParameterOutOfRangeIsRefused() {
    Answer answer = Shell.type("leaderboard", "--modelParameters=two-tower-hybrid.epochs=0");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith(
            "towerbeam: --modelParameters=two-tower-hybrid.epochs=0: give a whole number from 1");
  }

  @Test
  void listsOfAnotherSystemAreJudged() throws IOException {
    Path lists =
        SmallData.write(
            temp.resolve("other.csv"), List.of("user_id,rank,item_id", "u,1,c", "v,1,a"));
    Answer answer = evaluate(lists);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    JsonNode result = json("results/results.json").get(0);
    assertThat(result.get("model_name").asText()).isEqualTo("other");
    assertThat(result.at("/metrics/hit_rate@1").asDouble()).isEqualTo(.5);
    assertThat(result.get("training").isNull()).isTrue();
  }

  @Test
  void ourOwnListsAreJudgedAsInTheLeaderboard() throws IOException {
    leaderboard();
    JsonNode expected = json("results/results.json").get(0).get("metrics");
    evaluate(run.resolve("recommendations/most-popular/*.avro"), "--runId=e");
    run = temp.resolve("out/runs/e");
    assertThat(json("results/results.json").get(0).get("metrics")).isEqualTo(expected);
  }

  @Test
  void aModelOfAnotherSystemMayHaveAnyName() throws IOException {
    String name = "=1+../../x|<b>";
    Path lists =
        SmallData.write(
            temp.resolve("other.csv"),
            List.of("user_id,rank,item_id,model", "u,1,c," + name, "v,1,a," + name));
    Answer answer = evaluate(lists);
    assertThat(answer.err()).isEmpty();
    assertThat(json("results/results.json").get(0).get("model_name").asText()).isEqualTo(name);
    try (Stream<Path> results = Files.list(run.resolve("results"))) {
      assertThat(results.map(file -> file.getFileName().toString()))
          .anyMatch(file -> file.matches("-1-x-b--[0-9a-f]{8}_20260301T120000Z\\.json"));
    }
    assertThat(temp.resolve("out/all_experiments_results.csv"))
        .content()
        .contains(",'" + name + ",all,");
    assertThat(run.resolve("report/index.html")).content().contains("x|&lt;b&gt;");
  }

  @Test
  void listsForOtherUsersThanTheTestUsersAreAnError() throws IOException {
    Path lists =
        SmallData.write(
            temp.resolve("other.csv"), List.of("user_id,rank,item_id", "u,1,c", "z,1,a"));
    Answer answer = evaluate(lists);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("other: ").contains("z").contains("v");
    assertThat(run.resolve("_SUCCESS")).doesNotExist();
  }

  @Test
  void listsWithoutANeededColumnAreRefused() throws IOException {
    Path lists = SmallData.write(temp.resolve("other.csv"), List.of("user_id,item_id", "u,c"));
    Answer answer = evaluate(lists);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).contains("rank").doesNotContain("\tat ");
  }

  @Test
  void aScheduledRunDoesNotFallBackToTheSample() {
    Answer answer =
        Shell.type("leaderboard", "--runDate=2026-03-01", "--output=" + temp.resolve("out"));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: --runDate: a scheduled run needs --input, --interactions or"
                + " --interactionsTable; the generated"
                + " sample is for trying out alone\n");
    assertThat(temp.resolve("out")).doesNotExist();
  }

  @Test
  void theSampleNeedsNoInput() throws IOException {
    Answer answer =
        Shell.type(
            "leaderboard",
            "--models=most-popular,category-popularity",
            "--output=" + temp.resolve("out"),
            "--runId=r");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).contains("The data are a generated sample");
    JsonNode counts = json("manifest.json").get("counts");
    for (String reason : List.of("cold_user", "cold_item", "light_train_user", "light_test_user")) {
      assertThat(counts.get("excluded_" + reason + "_interactions").asInt()).isPositive();
    }
    Map<String, Integer> usersBySegment = new TreeMap<>();
    for (JsonNode row : json("results/results.json")) {
      usersBySegment.put(row.get("segment").asText(), row.at("/dataset_info/n_test_users").asInt());
    }
    assertThat(usersBySegment)
        .containsOnlyKeys(
            "all",
            "activity_0_49",
            "activity_50_149",
            "activity_150_or_more",
            "light_train_users",
            "light_test_users",
            "cold_users",
            "cold_items")
        .allSatisfy((segment, users) -> assertThat(users).as(segment).isGreaterThan(9));
  }
}
