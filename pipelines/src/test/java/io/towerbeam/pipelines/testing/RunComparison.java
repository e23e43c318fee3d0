package io.towerbeam.pipelines.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether two runs made the same, but for times and places. */
public final class RunComparison {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunComparison() {}

  /** Asserts that both have the same Avro files byte for byte, results and counts. */
  public static void assertSame(Path run, Path expected) throws IOException {
    assertSameFiles(run, expected);
    assertThat(json(run, "manifest.json").get("counts"))
        .isEqualTo(json(expected, "manifest.json").get("counts"));
    if (Files.exists(expected.resolve("results/results.json"))) {
      assertThat(results(run)).isEqualTo(results(expected)).isNotEmpty();
    }
  }

  /** Asserts that two folders have the same Avro files byte for byte. */
  public static void assertSameFiles(Path folder, Path expected) throws IOException {
    Set<String> files = avroFiles(expected);
    assertThat(files).isNotEmpty();
    assertThat(avroFiles(folder)).isEqualTo(files);
    for (String file : files) {
      assertThat(folder.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
  }

  /** A JSON file of a run. */
  public static JsonNode json(Path run, String name) throws IOException {
    return JSON.readTree(run.resolve(name).toFile());
  }

  private static JsonNode results(Path run) throws IOException {
    JsonNode results = json(run, "results/results.json");
    for (JsonNode row : results) {
      ((ObjectNode) row).remove(List.of("evaluation_date", "training"));
    }
    return results;
  }

  /** Those that hold no times, by path in the run. */
  private static Set<String> avroFiles(Path run) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      return files
          .map(file -> run.relativize(file).toString())
          .filter(file -> file.endsWith(".avro") && !file.matches("(results|trials)/.*"))
          .filter(file -> !file.endsWith("epochs.avro"))
          .collect(Collectors.toSet());
    }
  }
}
