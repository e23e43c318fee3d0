package io.towerbeam.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each inner part, and right after it its peer: a table, and {@code
 * target/benchmarks/inner-parts.json}. Some four minutes; see {@code BENCHMARKS.md}.
 */
@Tag("benchmark")
class InnerPartsBenchmarkTest {
  private static final PrintStream OUT = System.out;
  private static final Path RESULTS = Path.of("target/benchmarks/inner-parts.json");

  @Test
  void printsWhatInnerPartsPeersAndLimitsCost() throws Exception {
    Map<String, Double> ours = new HashMap<>();
    ObjectMapper json = new ObjectMapper();
    ArrayNode results = json.createArrayNode();
    OUT.printf("%-22s %12s %12s %12s %7s   CPU us%n", "part", "ours", "peer", "limit", "ratio");
    for (InnerPart part : InnerPart.ALL) {
      double cpu = Jmh.cpuMicros(part.benchmark());
      ours.put(part.benchmark(), cpu);
      ObjectNode result = results.addObject().put("part", part.name()).put("cpu_us", cpu);
      if (part.hasPeer()) {
        result.put("peer_cpu_us", Peers.innerPart(part.name()));
      }
      if (!part.limit().isEmpty()) {
        result.put("limit_cpu_us", part.share() * ours.get(part.limit()));
      }
      OUT.println(row(result));
    }
    assertThat(ours.values()).allMatch(cpu -> cpu > 0);
    Files.createDirectories(RESULTS.getParent());
    json.writerWithDefaultPrettyPrinter().writeValue(RESULTS.toFile(), results);
  }

  private static String row(ObjectNode result) {
    double cpu = result.get("cpu_us").asDouble();
    return "%-22s %12.1f %12s %12s %7s"
        .formatted(
            result.get("part").asText(),
            cpu,
            number(result, "peer_cpu_us"),
            number(result, "limit_cpu_us"),
            result.has("peer_cpu_us")
                ? "%.2f".formatted(cpu / result.get("peer_cpu_us").asDouble())
                : "");
  }

  private static String number(ObjectNode result, String field) {
    return result.has(field) ? "%.1f".formatted(result.get(field).asDouble()) : "";
  }
}
