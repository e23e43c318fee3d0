package io.towerbeam.pipelines.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.towerbeam.pipelines.launcher.TextTable.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The evaluation results as a table: a row per model, the best NDCG first. */
final class Leaderboard {
  static final List<String> METRICS =
      List.of("hit_rate", "precision", "recall", "ndcg", "map", "coverage");
  private static final String RANKED_BY = "ndcg";
  private static final Pattern NDCG = Pattern.compile("ndcg@([0-9]+)");

  private Leaderboard() {}

  /**
   * The table's lines; its heading alone if there are no results.
   *
   * @param results the array of {@code results.json}; rows of other segments than {@code all} are
   *     left out
   * @param k the list length to show; if empty, the shortest that was measured
   */
  static List<String> lines(JsonNode results, OptionalInt k) {
    List<JsonNode> rows =
        new ArrayList<>(
            StreamSupport.stream(results.spliterator(), false)
                .filter(row -> row.path("segment").asText("all").equals("all"))
                .toList());
    int shown = k.isPresent() ? k.getAsInt() : shortest(rows);
    rows.sort(
        Comparator.comparingDouble((JsonNode row) -> -metric(row, RANKED_BY, shown).asDouble(0))
            .thenComparing(row -> row.path("model_name").asText()));

    List<Column> columns = new ArrayList<>(List.of(Column.text(40)));
    List<String> heading = new ArrayList<>(List.of("model"));
    boolean hasIntervals = rows.stream().anyMatch(row -> !interval(row, shown).isEmpty());
    for (String metric : METRICS) {
      columns.add(Column.number(20));
      heading.add(metric + "@" + shown);
      if (metric.equals(RANKED_BY) && hasIntervals) {
        columns.add(Column.number(20));
        heading.add("its 95%");
      }
    }
    columns.add(Column.number(20));
    heading.add("training s");

    TextTable table = new TextTable(columns);
    table.add(heading);
    rows.forEach(row -> table.add(cells(row, shown, hasIntervals)));
    return table.lines("");
  }

  private static List<String> cells(JsonNode row, int k, boolean hasIntervals) {
    List<String> cells = new ArrayList<>(List.of(row.path("model_name").asText()));
    for (String metric : METRICS) {
      cells.add(number(metric(row, metric, k), "%.4f"));
      if (metric.equals(RANKED_BY) && hasIntervals) {
        cells.add(interval(row, k));
      }
    }
    cells.add(number(row.path("training").path("seconds"), "%.1f"));
    return cells;
  }

  /** The bootstrap interval of what models are ranked by; empty if there is none. */
  private static String interval(JsonNode row, int k) {
    JsonNode ends = row.path("ci95").path(RANKED_BY + "@" + k);
    return ends.isMissingNode()
        ? ""
        : number(ends.path(0), "%.4f") + "-" + number(ends.path(1), "%.4f");
  }

  static JsonNode metric(JsonNode row, String metric, int k) {
    return row.path("metrics").path(metric + "@" + k);
  }

  static String number(JsonNode value, String format) {
    return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble()) : "-";
  }

  private static int shortest(List<JsonNode> rows) {
    int shortest = Integer.MAX_VALUE;
    for (JsonNode row : rows) {
      for (var names = row.path("metrics").fieldNames(); names.hasNext(); ) {
        Matcher name = NDCG.matcher(names.next());
        if (name.matches()) {
          shortest = Math.min(shortest, Integer.parseInt(name.group(1)));
        }
      }
    }
    return shortest == Integer.MAX_VALUE ? 10 : shortest;
  }
}
