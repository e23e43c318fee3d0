package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The split and the models without training on MovieLens-1M, against published numbers. */
class Ml1mTest {
  private static final Path ML1M =
      Path.of(
          Optional.ofNullable(System.getenv("TOWERBEAM_ML1M")).orElse("../../shared/data/ml-1m"));
  private static final Path PUBLISHED = ML1M.resolve("../../reference/leaderboard.csv");

  @TempDir Path output;

  @BeforeEach
  void setUp() {
    assumeTrue(
        Files.exists(ML1M.resolve("ratings.dat")) && Files.exists(PUBLISHED),
        "MovieLens-1M is not at " + ML1M.toAbsolutePath());
  }

  @Test
  void splitAndPopularityAreAsPublished() throws IOException {
    Answer answer =
        Shell.type(
            "leaderboard",
            "--input=" + ML1M,
            "--output=" + output,
            "--runId=r",
            "--models=most-popular,most-popular-unmasked");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);

    JsonNode counts = json("manifest.json").get("counts");
    assertThat(counts.get("split_time").asLong()).isEqualTo(975768738);
    assertThat(counts.get("train_interactions").asLong()).isEqualTo(800_142);
    assertThat(counts.get("train_users").asLong()).isEqualTo(5_392);
    assertThat(counts.get("train_items").asLong()).isEqualTo(3_662);
    assertThat(counts.get("test_interactions").asLong()).isEqualTo(94_842);
    assertThat(counts.get("test_users").asLong()).isEqualTo(836);

    Map<String, Map<String, Double>> published = published();
    for (JsonNode result : json("results/results.json")) {
      if (!result.get("segment").asText().equals("all")) {
        continue;
      }
      published
          .get(result.get("model_name").asText())
          .forEach(
              (metric, value) ->
                  assertThat(result.get("metrics").get(metric).asDouble())
                      .as("%s of %s", metric, result.get("model_name"))
                      .isCloseTo(value, within(1e-5)));
    }
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(output.resolve("runs/r").resolve(name).toFile());
  }

  /** Metrics by model and name. */
  private static Map<String, Map<String, Double>> published() throws IOException {
    List<String> lines = Files.readAllLines(PUBLISHED);
    String[] header = lines.get(0).split(",");
    Map<String, Map<String, Double>> published = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      Map<String, Double> metrics = new HashMap<>();
      for (int column = 1; column <= 6; column++) {
        metrics.put(header[column], Double.valueOf(cells[column]));
      }
      published.put(cells[0], metrics);
    }
    return published;
  }
}
