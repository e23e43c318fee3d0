package io.towerbeam.ml.models.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row of the published leaderboard.
 *
 * @param metrics its values by name, such as {@code ndcg@10}
 */
public record PublishedRow(SortedMap<String, Double> metrics) {
  /** The row of that model in the table beside MovieLens-1M. */
  public static PublishedRow of(String model) throws IOException {
    List<String> lines =
        Files.readAllLines(Ml1m.folder().resolve("../../reference/leaderboard.csv"));
    String[] names = lines.get(0).split(",");
    for (String line : lines) {
      String[] cells = line.split(",");
      if (cells[0].equals(model)) {
        SortedMap<String, Double> metrics = new TreeMap<>();
        for (int i = 1; i <= 6; i++) {
          metrics.put(names[i], Double.valueOf(cells[i]));
        }
        return new PublishedRow(metrics);
      }
    }
    throw new IllegalArgumentException("no published row of " + model);
  }

  /** Fails unless each of the six measured values is within {@code tolerance} of its own. */
  public void assertMetBy(Map<String, Double> measured, double tolerance) {
    metrics.forEach(
        (name, value) ->
            assertThat(measured.get(name)).as(name).isCloseTo(value, within(tolerance)));
  }
}
