package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import io.towerbeam.transforms.files.AvroFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two-tower model through the whole leaderboard, on the generated sample. */
class TwoTowerOnSampleTest {
  private static final String MODEL = "two-tower-hybrid";

  @TempDir Path output;

  private Answer leaderboard(String runId) {
    return Shell.type(
        "leaderboard",
        "--output=" + output,
        "--runId=" + runId,
        "--modelParameters=two-tower-hybrid.epochs=3");
  }

  private Path run(String runId) {
    return output.resolve("runs").resolve(runId);
  }

  private JsonNode results(String runId) throws IOException {
    return new ObjectMapper().readTree(run(runId).resolve("results/results.json").toFile());
  }

  private static <T extends SpecificRecord> List<T> read(Path folder, String prefix, Class<T> type)
      throws IOException {
    List<T> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith(prefix)).sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          AvroFiles.read(in, type, records::add);
        }
      }
    }
    return records;
  }

  @Test
  void itClearlyBeatsPopularity() throws IOException {
    Answer answer =
        Shell.typeAsItIs(Shell.NOON, "leaderboard", "--output=" + output, "--runId=full");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    Map<String, Double> ndcg = new HashMap<>();
    for (JsonNode row : results("full")) {
      if (row.get("segment").asText().equals("all")) {
        ndcg.put(row.get("model_name").asText(), row.at("/metrics/ndcg@10").asDouble());
      }
    }
    assertThat(ndcg.get(MODEL)).isGreaterThan(1.3 * ndcg.get("most-popular"));
    assertThat(answer.out().lines().filter(line -> line.startsWith(MODEL))).hasSize(1);
  }

  /** Two runs on the sample, of which one is then killed and goes on, are as many promises. */
  @Test
  void theSameSeedGivesTheSameRunAndAKilledOneGoesOnToIt() throws IOException {
    leaderboard("one");
    leaderboard("two");
    assertSameRuns();
    assertScoresAreDotProducts();
    // what a kill between training and its last steps leaves behind
    Files.delete(run("two").resolve("_SUCCESS"));
    Files.delete(run("two").resolve("model/" + MODEL + "/config.json"));
    Files.delete(run("two").resolve("results/results.json"));
    assertThat(leaderboard("two").exitCode()).isEqualTo(ExitCode.DONE);
    assertSameRuns();
  }

  private void assertSameRuns() throws IOException {
    assertThat(withoutTimes(results("one"))).isEqualTo(withoutTimes(results("two")));
    for (String folder : List.of("embeddings/" + MODEL, "recommendations/" + MODEL, "features")) {
      try (Stream<Path> files = Files.list(run("one").resolve(folder))) {
        assertThat(files)
            .isNotEmpty()
            .allSatisfy(
                file ->
                    assertThat(file)
                        .hasSameBinaryContentAs(run("two").resolve(run("one").relativize(file))));
      }
    }
    assertThat(run("one").resolve("model/" + MODEL + "/parameters.avro"))
        .hasSameBinaryContentAs(run("two").resolve("model/" + MODEL + "/parameters.avro"));
  }

  private static JsonNode withoutTimes(JsonNode results) {
    for (JsonNode row : results) {
      ((ObjectNode) row).remove(List.of("evaluation_date", "training"));
    }
    return results;
  }

  private void assertScoresAreDotProducts() throws IOException {
    Path vectors = run("one").resolve("embeddings/" + MODEL);
    Map<String, List<Float>> users = byId(read(vectors, "users-", Embedding.class));
    Map<String, List<Float>> items = byId(read(vectors, "items-", Embedding.class));
    assertThat(users).hasSize(780);
    assertThat(items).hasSize(468);
    List<Recommendation> lists =
        read(run("one").resolve("recommendations/" + MODEL), "users-", Recommendation.class);
    assertThat(lists).hasSize(437); // whoever took but items that train does not know has none
    // users that are not in train have the popularity list, and no vector
    lists.removeIf(list -> !users.containsKey(list.getUserId()));
    assertThat(lists).hasSizeGreaterThan(222); // the test users, and some that were excluded
    for (Recommendation list : lists) {
      for (RecommendedItem item : list.getItems()) {
        List<Float> user = users.get(list.getUserId());
        List<Float> vector = items.get(item.getItemId());
        double dot = 0;
        for (int i = 0; i < vector.size(); i++) {
          dot += user.get(i) * vector.get(i);
        }
        assertThat((double) item.getScore()).isCloseTo(dot, Offset.offset(1e-5));
      }
    }
  }

  private static Map<String, List<Float>> byId(List<Embedding> embeddings) {
    Map<String, List<Float>> vectors = new HashMap<>();
    embeddings.forEach(embedding -> vectors.put(embedding.getId(), embedding.getVector()));
    return vectors;
  }
}
