package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Records;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An exact search among the exported vectors, beside the lists that the run published. */
class VectorIndexTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path output;

  private record Scored(int index, String id, double score) {}

  @ParameterizedTest
  @ValueSource(strings = {"two-tower-hybrid", "contextual-two-tower"})
  void nearestNeighboursOfTheExportedVectorsAreThePublishedLists(String model) throws IOException {
    Shell.Answer answer =
        Shell.type(
            "train",
            "--output=" + output,
            "--runId=v",
            "--model=" + model,
            "--modelParameters=" + model + ".epochs=1",
            "--bootstrapResamples=0",
            "--vectorIndex=VERTEX");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertListsAreNearestNeighbours(output.resolve("runs/v"), model);

    Path index = output.resolve("runs/v/vector-index").resolve(model);
    JsonNode config = JSON.readTree(index.resolve("items-index.json").toFile()).get("config");
    Map<String, float[]> items = vectors(index.resolve("items"));
    assertThat(config.get("dimensions").asInt()).isEqualTo(items.values().iterator().next().length);
    assertThat(config.get("distanceMeasureType").asText()).isEqualTo("DOT_PRODUCT_DISTANCE");
    JsonNode first =
        JSON.readTree(Files.readAllLines(index.resolve("items/part-00000-of-00001.json")).get(0));
    assertThat(first.at("/restricts/0/namespace").asText()).isEqualTo("category");
    assertThat(first.at("/restricts/0/allow")).isNotEmpty();
  }

  static void assertListsAreNearestNeighbours(Path run, String model) throws IOException {
    Map<String, float[]> items = vectors(run.resolve("vector-index/" + model + "/items"));
    Map<String, float[]> users = vectors(run.resolve("vector-index/" + model + "/users"));
    Map<String, Integer> order = new HashMap<>();
    for (IndexEntry entry : Records.in(run.resolve("index"), "items", IndexEntry.class)) {
      order.put(entry.getId(), entry.getIndex());
    }
    Map<String, Set<String>> taken = taken(run);
    int checked = 0;
    for (Recommendation list :
        Records.in(run.resolve("recommendations/" + model), "users", Recommendation.class)) {
      float[] user = users.get(list.getUserId());
      if (user == null) {
        continue; // not known to the model: by popularity
      }
      List<Scored> nearest = new ArrayList<>();
      items.forEach(
          (id, item) -> {
            if (!taken.get(list.getUserId()).contains(id)) {
              nearest.add(new Scored(order.get(id), id, product(user, item)));
            }
          });
      nearest.sort(Comparator.comparingDouble((Scored s) -> -s.score).thenComparing(Scored::index));
      assertThat(nearest.subList(0, list.getItems().size()).stream().map(Scored::id))
          .as("user %s", list.getUserId())
          .isEqualTo(list.getItems().stream().map(RecommendedItem::getItemId).toList());
      checked++;
    }
    assertThat(checked).isGreaterThan(200);
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static Map<String, Set<String>> taken(Path run) throws IOException {
    Map<String, Set<String>> taken = new HashMap<>();
    for (InteractionBlock block :
        Records.in(run.resolve("data"), "train", InteractionBlock.class)) {
      InteractionColumns columns = InteractionColumns.of(block);
      for (int row = 0; row < columns.rows(); row++) {
        taken
            .computeIfAbsent(columns.userId(row), user -> new HashSet<>())
            .add(columns.itemId(row));
      }
    }
    return taken;
  }

  private static Map<String, float[]> vectors(Path folder) throws IOException {
    Map<String, float[]> vectors = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(file.toString()).endsWith(".json");
        for (String line : Files.readAllLines(file)) {
          JsonNode vector = JSON.readTree(line);
          JsonNode coordinates = vector.get("embedding");
          float[] values = new float[coordinates.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(coordinates.get(i).asText());
          }
          assertThat(vectors.put(vector.get("id").asText(), values)).isNull();
        }
      }
    }
    return vectors;
  }
}
