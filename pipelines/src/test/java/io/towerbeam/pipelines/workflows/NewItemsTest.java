package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Records;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A published model that sees content, and items that came since. */
class NewItemsTest {
  private static final String MODEL = "contextual-two-tower";

  @TempDir Path temp;

  private void mustRun(String workflow, String... options) {
    Answer answer =
        Shell.type(
            Stream.concat(Stream.of(workflow, "--output=" + temp), Stream.of(options))
                .toArray(String[]::new));
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
  }

  private Path run(String runId) {
    return temp.resolve("runs").resolve(runId);
  }

  private Map<String, List<Float>> vectors(String prefix) throws IOException {
    Map<String, List<Float>> vectors = new HashMap<>();
    for (Embedding embedding :
        Records.in(run("vectors").resolve("embeddings/" + MODEL), prefix, Embedding.class)) {
      vectors.put(embedding.getId(), embedding.getVector());
    }
    return vectors;
  }

  @Test
  void newItemsStandInListsAndCountInHistories() throws IOException {
    mustRun("train", "--runId=s", "--model=" + MODEL, "--modelParameters=" + MODEL + ".epochs=1");
    List<Item> known = Records.in(run("s").resolve("features"), "catalogue", Item.class);
    List<String> rows = new ArrayList<>(List.of("item_id,title,genres"));
    rows.add(row("seen", known.get(0)));
    rows.add(row("unseen", known.get(1)));
    known.subList(0, 3).forEach(item -> rows.add(row(item.getId(), item)));
    Path items = SmallData.write(temp.resolve("items.csv"), rows);
    // a user who has taken nothing that the model was fitted on, and one who has taken nothing
    Path given =
        SmallData.write(
            temp.resolve("given.csv"),
            List.of("user_id,item_id,timestamp", "new,seen,1000000000", "far,gone,1000000000"));
    String[] options = {"--model=s", "--items=" + items, "--interactions=" + given};
    mustRun("recommend", with(options, "--runId=lists", "--k=1000"));
    mustRun("embed", with(options, "--runId=vectors"));

    Map<String, Recommendation> lists = new HashMap<>();
    Records.in(run("lists").resolve("recommendations/" + MODEL), "users", Recommendation.class)
        .forEach(list -> lists.put(list.getUserId(), list));
    assertThat(lists).containsOnlyKeys("new", "far");
    assertThat(lists.get("new").getItems())
        .hasSize(known.size() + 1)
        .extracting(RecommendedItem::getItemId)
        .contains("unseen")
        .doesNotContain("seen");
    // by popularity, where what nobody has taken comes last
    assertThat(lists.get("far").getItems())
        .hasSize(known.size() + 2)
        .extracting(RecommendedItem::getItemId)
        .endsWith("seen", "unseen");

    Map<String, List<Float>> users = vectors("users");
    Map<String, List<Float>> madeItems = vectors("items");
    assertThat(users).containsOnlyKeys("new");
    assertThat(madeItems).hasSize(5);
    for (RecommendedItem item : lists.get("new").getItems()) {
      if (madeItems.containsKey(item.getItemId())) {
        double product = 0;
        for (int i = 0; i < users.get("new").size(); i++) {
          product += (double) users.get("new").get(i) * madeItems.get(item.getItemId()).get(i);
        }
        assertThat(product).isCloseTo(item.getScore(), Offset.offset(1e-5));
      }
    }
  }

  private static String row(String id, Item item) {
    return "%s,\"%s\",%s".formatted(id, item.getTitle(), String.join("|", item.getCategories()));
  }

  private static String[] with(String[] options, String... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }
}
