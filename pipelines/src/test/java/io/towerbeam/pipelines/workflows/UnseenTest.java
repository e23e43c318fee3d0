package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Records;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models judged by items and users that they were told nothing of. */
class UnseenTest {
  @TempDir Path temp;

  private static void mustRun(String... words) {
    Answer answer = Shell.type(words);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
  }

  private Path run() {
    return temp.resolve("runs/r");
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(run().resolve(name).toFile());
  }

  private List<JsonNode> results(String segment) throws IOException {
    return StreamSupport.stream(json("results/results.json").spliterator(), false)
        .filter(row -> row.get("segment").asText().equals(segment))
        .toList();
  }

  private List<String> small(String workflow, String... more) throws IOException {
    return Stream.of(
            Stream.of(
                workflow,
                "--interactions="
                    + SmallData.write(temp.resolve("rows.csv"), SmallData.INTERACTIONS),
                "--items=" + SmallData.write(temp.resolve("items.csv"), SmallData.ITEMS),
                "--output=" + temp,
                "--runId=r",
                "--k=1"),
            SmallData.SPLIT.stream(),
            Stream.of(more))
        .flatMap(part -> part)
        .toList();
  }

  @Test
  void heldOutItemsAreRankedAmongThemselvesByModelsThatSeeContent() throws IOException {
    mustRun(
        "leaderboard",
        "--output=" + temp,
        "--runId=r",
        "--heldOutItems=0.2",
        "--models=most-popular,category-popularity,contextual-two-tower",
        "--modelParameters=contextual-two-tower.epochs=1");
    JsonNode counts = json("manifest.json").get("counts");
    assertThat(counts.get("excluded_held_out_item_interactions").asInt()).isPositive();
    assertThat(counts.get("cold_items").asInt()).isBetween(60, 150);

    Map<String, JsonNode> cold = new TreeMap<>();
    results("cold_items").forEach(row -> cold.put(row.get("model_name").asText(), row));
    assertThat(cold).containsOnlyKeys("category-popularity", "contextual-two-tower");
    assertThat(cold.values())
        .allSatisfy(
            row -> {
              assertThat(row.at("/dataset_info/n_items")).isEqualTo(counts.get("cold_items"));
              assertThat(row.at("/dataset_info/n_test_users"))
                  .isEqualTo(counts.get("cold_item_test_users"));
              assertThat(row.at("/metrics/ndcg@10").asDouble()).isPositive();
              assertThat(row.at("/parameters/held_out_items").asDouble()).isEqualTo(.2);
            });
    assertThat(cold.get("contextual-two-tower").get("comparisons"))
        .extracting(comparison -> comparison.get("against").asText())
        .containsOnly("category-popularity");
    assertThat(run().resolve("report/index.html")).content().contains("Items unknown in train:");

    Set<String> indexed =
        Records.in(run().resolve("index"), "items", IndexEntry.class).stream()
            .map(IndexEntry::getId)
            .collect(Collectors.toSet());
    for (String model : cold.keySet()) {
      assertThat(
              Records.in(
                  run().resolve("cold-item-recommendations/" + model),
                  "users",
                  Recommendation.class))
          .hasSize(counts.get("cold_item_test_users").asInt())
          .flatExtracting(Recommendation::getItems)
          .hasSizeGreaterThan(100)
          .extracting(RecommendedItem::getItemId)
          .noneMatch(indexed::contains);
    }
    // as without: 222 test users, each in one bucket of activity
    assertThat(counts.get("test_users").asInt()).isEqualTo(222);
    int[] users = {0};
    for (String bucket : List.of("activity_0_49", "activity_50_149", "activity_150_or_more")) {
      users[0] += results(bucket).get(0).at("/dataset_info/n_test_users").asInt();
    }
    assertThat(users[0]).isEqualTo(222);
  }

  @Test
  void leftOutUsersGetListsByAHistoryThatTrainingHasNotSeen() throws IOException {
    List<String> words =
        small(
            "leaderboard",
            "--leaveOutTestUsers=true",
            "--models=most-popular,ease",
            "--modelParameters=ease.lambda=1");
    mustRun(words.toArray(String[]::new));
    // u and v are the test users: of w alone, who has a and b, models are told
    assertThat(Records.in(run().resolve("index"), "users", IndexEntry.class))
        .extracting(IndexEntry::getId)
        .containsExactly("w");
    assertThat(Records.in(run().resolve("index"), "items", IndexEntry.class))
        .extracting(IndexEntry::getId, IndexEntry::getTrainInteractions)
        .containsExactly(tuple("a", 1L), tuple("b", 1L), tuple("c", 0L));
    // what u and v have taken stays out of their lists: c is left for u, b for v
    for (JsonNode row : results("all")) {
      assertThat(row.at("/metrics/hit_rate@1").asDouble()).isEqualTo(1);
      assertThat(row.get("dataset_info"))
          .hasToString(
              "{\"n_train_users\":1,\"n_test_users\":2,\"n_items\":3,\"train_size\":2,\"test_size\":2}");
      assertThat(row.at("/parameters/leave_out_test_users").asBoolean()).isTrue();
    }
    // ease knows v by a: who has a, has b
    assertThat(
            Records.in(run().resolve("recommendations/ease"), "users", Recommendation.class)
                .stream()
                .filter(list -> list.getUserId().equals("v"))
                .flatMap(list -> list.getItems().stream())
                .toList())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.getItemId()).isEqualTo("b");
              assertThat(item.getScore()).isBetween(.3f, .7f);
            });
    assertThat(results("activity_0_49").get(0).at("/dataset_info/n_test_users").asInt())
        .isEqualTo(2);
    assertThat(run().resolve("report/index.html")).content().contains("Alpha Station (1990)");
  }

  @Test
  void aSplitOfWhichOnlyTestUsersTrainIsAClearError() throws IOException {
    List<String> rows =
        SmallData.INTERACTIONS.stream().filter(row -> !row.startsWith("w,")).toList();
    List<String> words = small("leaderboard", "--leaveOutTestUsers=true", "--models=most-popular");
    SmallData.write(temp.resolve("rows.csv"), rows);
    Answer answer = Shell.type(words.toArray(String[]::new));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .contains("the split has no train users: --leaveOutTestUsers leaves none of 2");
  }

  @Test
  void aModelThatWasToldLessIsNotPromoted() throws IOException {
    List<String> words = small("train", "--leaveOutTestUsers=true", "--model=most-popular");
    Answer answer = Shell.type(words.toArray(String[]::new));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out())
        .contains(
            "Not made the champion: a model that was told nothing of some items or users never is.");
    assertThat(temp.resolve("champions")).doesNotExist();
  }

  @Test
  void onAllDataNothingCanBeKeptFromTheModel() {
    Answer answer = Shell.type("train", "--trainOn=all", "--heldOutItems=.1", "--output=" + temp);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: --trainOn=all has no test side")
        .hasLineCount(1);
  }

  @Test
  void aShareThatIsNoneIsRefused() {
    Answer answer = Shell.type("leaderboard", "--heldOutItems=1", "--output=" + temp);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).contains("--heldOutItems=1").contains("from 0").hasLineCount(1);
  }
}
