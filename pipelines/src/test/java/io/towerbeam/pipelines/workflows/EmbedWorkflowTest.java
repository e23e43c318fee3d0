package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Records;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PublishedRunsExtension.class)
class EmbedWorkflowTest {
  @TempDir static Path files;
  private static PublishedRunsFixture runs;

  @BeforeAll
  static void take(PublishedRunsFixture published) {
    runs = published;
  }

  private static Map<String, List<Float>> vectors(String runId, String model, String prefix)
      throws IOException {
    Map<String, List<Float>> vectors = new HashMap<>();
    Path folder = runs.run(runId).resolve("embeddings").resolve(model);
    for (Embedding embedding : Records.in(folder, prefix, Embedding.class)) {
      assertThat(vectors.put(embedding.getId(), embedding.getVector())).isNull();
      assertThat(embedding.getModel()).isEqualTo(model);
    }
    return vectors;
  }

  private static double product(List<Float> a, List<Float> b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.get(i) * b.get(i);
    }
    return sum;
  }

  private static void assertProductsAreScores(
      Map<String, List<Float>> users,
      Map<String, List<Float>> items,
      Iterable<Recommendation> lists) {
    for (Recommendation list : lists) {
      for (RecommendedItem item : list.getItems()) {
        assertThat(product(users.get(list.getUserId()), items.get(item.getItemId())))
            .isCloseTo(item.getScore(), Offset.offset(1e-5));
      }
    }
  }

  @Test
  void newItemsAndOldOnesGetVectorsOfTheSameSpace() throws IOException {
    String model = PublishedRunsFixture.TOWERS;
    List<Item> known =
        Records.in(runs.run("s").resolve("features"), "catalogue", Item.class).subList(0, 20);
    List<String> rows = new ArrayList<>(List.of("sku,name,tags"));
    rows.add(
        "twin,\""
            + known.get(0).getTitle()
            + "\","
            + String.join("|", known.get(0).getCategories()));
    rows.add("blank,,");
    known.forEach(item -> rows.add(item.getId() + ",,"));
    Path items = SmallData.write(files.resolve("new-items.csv"), rows);
    Answer answer =
        runs.mustRun(
            "embed",
            Stream.of(
                "--model=s",
                "--runId=vectors",
                "--items=" + items,
                "--itemIdColumn=sku",
                "--titleColumn=name",
                "--categoriesColumn=tags"));
    Map<String, List<Float>> made = vectors("vectors", model, "items");
    Map<String, List<Float>> trained = vectors("s", model, "items");
    assertThat(made).hasSize(22);
    known.forEach(item -> assertThat(made.get(item.getId())).isEqualTo(trained.get(item.getId())));
    List<Float> original = trained.get(known.get(0).getId());
    for (int i = 0; i < original.size(); i++) {
      assertThat(made.get("twin").get(i)).isCloseTo(original.get(i), Offset.offset(1e-5f));
    }
    assertThat(made.get("blank")).isNotEqualTo(original).doesNotContain(Float.NaN);
    assertThat(vectors("vectors", model, "users")).isEqualTo(vectors("s", model, "users"));
    assertProductsAreScores(
        vectors("vectors", model, "users"),
        trained,
        runs.lists("s", model).values().stream()
            .filter(list -> trainedOn("vectors", list.getUserId()))
            .toList());
    assertThat(answer.out()).contains("and 22 items by two-tower-hybrid of run s: ");
  }

  private static boolean trainedOn(String runId, String user) {
    try {
      return vectors(runId, PublishedRunsFixture.TOWERS, "users").containsKey(user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void newUsersGetVectorsWhoseProductsAreTheScoresOfTheirLists() throws IOException {
    Path given =
        SmallData.write(
            files.resolve("given.csv"),
            List.of("user_id,item_id,rating,timestamp", "new,b,4,200", "u,c,5,200", "far,q,1,1"));
    List<String> options = List.of("--model=c", "--modelName=als", "--interactions=" + given);
    Answer answer =
        runs.mustRun("embed", Stream.concat(options.stream(), Stream.of("--runId=users")));
    runs.mustRun("recommend", Stream.concat(options.stream(), Stream.of("--runId=lists", "--k=3")));
    Map<String, List<Float>> users = vectors("users", "als", "users");
    assertThat(users).containsOnlyKeys("new", "u");
    Map<String, Recommendation> lists = runs.lists("lists", "als");
    assertThat(lists.get("new").getItems()).hasSize(2);
    lists.remove("far"); // has nothing that the model knows, so the list is by popularity
    assertProductsAreScores(users, vectors("users", "als", "items"), lists.values());
    assertThat(answer.out())
        .contains("Vectors of 2 users and 3 items by als of run c: ")
        .contains("Without a vector, since the model does not know them: 1 user\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--runId=no; ease has no vectors, its score is not their product",
        "--model=c --modelName=als --items=ITEMS; --items: als has vectors of the items that it was",
        "--model=s --items=/no/items.csv; /no/items.csv: no such file",
        "--model=s --items=ITEMS --itemIdColumn=sku; no column \"sku\"",
        "--model=t; --model=t: no such run; known are ",
      })
  void whatCannotWorkIsSaidBeforeAnythingRuns(String options, String says) {
    String[] words =
        options.replace("ITEMS", runs.output().resolve("items.csv").toString()).split(" ");
    Answer answer = runs.run("embed", words);
    assertThat(answer.err()).contains(says).hasLineCount(1);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(runs.run("no")).doesNotExist();
  }
}
