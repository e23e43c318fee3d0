package io.towerbeam.pipelines.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Records;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data that are hardly data: a leaderboard of every kind of model ends in sane numbers, or says in
 * a line what is wrong. Never a stack trace, a number that is none, or a run without end.
 */
@Timeout(300)
class DegenerateDataTest {
  private static final List<String> MODELS =
      List.of(
          "most-popular",
          "category-popularity",
          "ease",
          "als",
          "item-knn",
          "user-knn",
          "truncated-svd",
          "slim",
          "two-tower-hybrid",
          "contextual-two-tower",
          "ncf-bce");
  private static final int USERS = 8;
  private static final int ITEMS = 6;

  @TempDir Path temp;

  /** A log in which every user takes every other item, two of them after the split. */
  private static List<String> log(int users, int items, String rating) {
    List<String> rows = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      for (int n = 0; n < 5; n++) {
        int item = (user + n) % items;
        int time = n < 3 ? 10 * n + user : 200 + 10 * n + user;
        rows.add("u%d,i%d,%s,%d".formatted(user, item, rating, time));
      }
    }
    return rows;
  }

  private static List<String> catalogue(int items, String title, String categories) {
    List<String> rows = new ArrayList<>();
    for (int item = 0; item < items; item++) {
      rows.add("i%d,%s,%s".formatted(item, title.replace("#", "" + item), categories));
    }
    return rows;
  }

  private static List<String> plainCatalogue(int items) {
    return catalogue(items, "Story # of the sea (19#0)", "Drama|War");
  }

  private Answer leaderboard(List<String> log, List<String> items, String... more)
      throws IOException {
    write("log.csv", "user_id,item_id,rating,timestamp", log);
    List<String> words =
        new ArrayList<>(List.of("leaderboard", "--runId=r", "--output=" + temp.resolve("out")));
    words.add("--interactions=" + temp.resolve("log.csv"));
    if (!items.isEmpty()) {
      write("items.csv", "item_id,title,genres", items);
      words.add("--items=" + temp.resolve("items.csv"));
    }
    if (Stream.of(more).noneMatch(word -> word.startsWith("--models="))) {
      words.add("--models=" + String.join(",", MODELS));
    }
    words.addAll(
        List.of(
            "--modelParameters=two-tower-hybrid.epochs=1,contextual-two-tower.epochs=1,ncf-bce.epochs=1",
            "--minTrainInteractions=1",
            "--minUserTrainInteractions=1",
            "--minTestInteractions=1",
            "--shards=2",
            "--k=3",
            "--bootstrapResamples=10"));
    words.addAll(List.of(more));
    Answer answer = Shell.type(words.toArray(String[]::new));
    assertThat(answer.err()).doesNotContain("\tat ", "Exception", "Error", "error.log", "null");
    assertThat(run().resolve("error.log")).doesNotExist();
    return answer;
  }

  private void write(String name, String header, List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    lines.addAll(rows);
    Files.write(temp.resolve(name), lines);
  }

  private Path run() {
    return temp.resolve("out/runs/r");
  }

  /** The models that have results, and of the others the reason. */
  private Map<String, String> outcome() throws IOException {
    Map<String, String> models = new TreeMap<>();
    JsonNode results = new ObjectMapper().readTree(run().resolve("results/results.json").toFile());
    for (JsonNode row : results) {
      models.put(row.get("model_name").asText(), "");
      row.get("metrics")
          .fields()
          .forEachRemaining(
              metric ->
                  assertThat(
                          metric.getValue().isNumber()
                              && Double.isFinite(metric.getValue().asDouble()))
                      .as(row.get("model_name") + " " + metric)
                      .isTrue());
    }
    for (String model : List.copyOf(models.keySet())) {
      for (Recommendation list :
          Records.in(run().resolve("recommendations/" + model), "", Recommendation.class)) {
        assertThat(list.getItems())
            .extracting(RecommendedItem::getScore)
            .allSatisfy(score -> assertThat(score).isFinite());
      }
    }
    JsonNode outcome = new ObjectMapper().readTree(run().resolve("outcome.json").toFile());
    for (JsonNode reason : outcome.get("reasons")) {
      String[] parts = reason.asText().split(": ", 2);
      models.put(parts[0], parts[1]);
    }
    return models;
  }

  /** All models have results but for these, which say why. */
  private void assertJudgedBut(Map<String, String> failures, Answer answer) throws IOException {
    Map<String, String> expected = new TreeMap<>(failures);
    MODELS.forEach(model -> expected.putIfAbsent(model, ""));
    assertThat(outcome()).isEqualTo(expected);
    assertThat(answer.exitCode()).isEqualTo(failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED);
    failures.forEach((model, why) -> assertThat(answer.err()).contains(model + ": " + why));
  }

  private static void assertFailed(String why, Answer answer) {
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).startsWith("towerbeam: nothing was published\n  ").contains(why);
    assertThat(answer.err().lines()).hasSize(2);
  }

  @Test
  void noRows() throws IOException {
    assertFailed(
        "the input has no interactions",
        leaderboard(List.of(), plainCatalogue(ITEMS), "--models=ease"));
  }

  @Test
  void allAtOneTime() throws IOException {
    List<String> rows =
        log(USERS, ITEMS, "4").stream().map(row -> row.replaceAll(",[0-9]+$", ",100")).toList();
    assertFailed(
        "the split has no test users", leaderboard(rows, plainCatalogue(ITEMS), "--models=ease"));
  }

  @Test
  void oneUser() throws IOException {
    List<String> rows = log(1, ITEMS, "4");
    rows.add("u0,i1,4,300"); // the only one that the test side can have
    assertJudgedBut(Map.of(), leaderboard(rows, plainCatalogue(ITEMS), "--splitTime=100"));
  }

  @Test
  void oneItem() throws IOException {
    assertJudgedBut(
        Map.of(
            "contextual-two-tower",
            "no user has taken two items one after the other",
            "slim",
            "no weight is above zero with alpha*l1Ratio=0.06545, as no two items share that part of"
                + " the users: lower alpha or l1Ratio"),
        leaderboard(log(USERS, 1, "4"), plainCatalogue(1), "--splitTime=100"));
  }

  @Test
  void oneCategoryAndNoTitles() throws IOException {
    assertJudgedBut(
        Map.of(),
        leaderboard(log(USERS, ITEMS, "4"), catalogue(ITEMS, "", "Drama"), "--splitTime=100"));
  }

  @Test
  void noContentAtAll() throws IOException {
    assertJudgedBut(
        Map.of("category-popularity", "no item has a category to be popular by"),
        leaderboard(log(USERS, ITEMS, "4"), catalogue(ITEMS, "", ""), "--splitTime=100"));
  }

  @Test
  void featuresThatAreTheSameForAllItems() throws IOException {
    assertJudgedBut(
        Map.of(),
        leaderboard(
            log(USERS, ITEMS, "4"), catalogue(ITEMS, "Same story", "Drama"), "--splitTime=100"));
  }

  @Test
  void ratingsThatAreAllNought() throws IOException {
    assertJudgedBut(
        Map.of("truncated-svd", "there is no rating other than 0 among 24 interactions"),
        leaderboard(log(USERS, ITEMS, "0"), plainCatalogue(ITEMS), "--splitTime=100"));
  }

  @Test
  void aUserWithAHundredThousandInteractions() throws IOException {
    List<String> rows = log(USERS, ITEMS, "4");
    for (int n = 0; n < 100_000; n++) {
      rows.add("heavy,i%d,4,%d".formatted(n % 200, n / 1000 < 80 ? n / 1000 : 150 + n / 1000));
    }
    assertJudgedBut(Map.of(), leaderboard(rows, plainCatalogue(200), "--splitTime=100"));
  }
}
