package io.towerbeam.pipelines.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * What a run has made, apart from times: the bytes of its data, indexes, features, models and
 * lists, and the text of its results.
 */
record RunContents(TreeMap<String, String> files) {
  private static final List<String> WITH_TIMES = List.of("results.avro", "epochs.avro");

  static RunContents of(Path run) throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(run)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".avro") && !WITH_TIMES.contains(name)) {
          files.put(run.relativize(file).toString(), digest(Files.readAllBytes(file)));
        }
      }
    }
    files.put("results/results.json", results(run.resolve("results/results.json")));
    return new RunContents(files);
  }

  private static String digest(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return HexFormat.of().toHexDigits(crc.getValue()) + " of " + bytes.length;
  }

  private static String results(Path file) throws IOException {
    JsonNode results = new ObjectMapper().readTree(file.toFile());
    for (JsonNode result : results) {
      ((ObjectNode) result).remove("evaluation_date");
      if (result.path("training").isObject()) {
        ((ObjectNode) result.path("training")).remove(List.of("seconds", "examples_per_second"));
      }
    }
    return results.toPrettyString();
  }
}
