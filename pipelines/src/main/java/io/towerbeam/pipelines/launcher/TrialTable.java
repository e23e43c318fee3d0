package io.towerbeam.pipelines.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.towerbeam.pipelines.launcher.TextTable.Column;
import io.towerbeam.pipelines.options.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The trials of a search as a table: the best first, with the parameters that were searched. */
final class TrialTable {
  private static final int MOST_ROWS = 20;
  private static final int DEFAULTS = 0;

  private TrialTable() {}

  /**
   * The table of the best twenty trials, and of trial 0, which has the model's defaults; then how
   * many failed, and the best parameters in the form that the command line takes.
   *
   * @param trials the array of {@code trials.json}, best first, at least one
   * @param k the list length to show
   */
  static List<String> lines(JsonNode trials, int k) {
    List<JsonNode> rows = StreamSupport.stream(trials.spliterator(), false).toList();
    List<String> searched =
        StreamSupport.stream(rows.get(0).path("searched").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    TextTable table = new TextTable(columns(searched));
    table.add(heading(searched, k));
    for (int rank = 0; rank < rows.size(); rank++) {
      JsonNode row = rows.get(rank);
      boolean isDefaults = row.path("trial").asInt() == DEFAULTS;
      if (!failed(row) && (rank < MOST_ROWS || isDefaults)) {
        table.add(cells(row, searched, k));
      }
    }
    List<String> lines = new ArrayList<>(table.lines(""));
    addFailures(rows, lines);
    lines.add("");
    lines.add("Best: " + option(rows.get(0), searched));
    return lines;
  }

  /** {@code --modelParameters=…} with a trial's searched parameters, every digit of them. */
  private static String option(JsonNode trial, List<String> searched) {
    String model = trial.path("model").asText();
    return searched.stream()
        .map(name -> model + "." + name + "=" + text(trial.path("parameters").path(name)))
        .collect(Collectors.joining(",", "--modelParameters=", ""));
  }

  private static void addFailures(List<JsonNode> rows, List<String> lines) {
    List<JsonNode> failures = rows.stream().filter(TrialTable::failed).toList();
    if (!failures.isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%d of %d trials failed; trial %d: %s",
              failures.size(),
              rows.size(),
              failures.get(0).path("trial").asInt(),
              failures.get(0).path("failure").asText()));
    }
  }

  private static boolean failed(JsonNode trial) {
    return trial.path("failure").isTextual();
  }

  private static List<Column> columns(List<String> searched) {
    List<Column> columns = new ArrayList<>(List.of(Column.number(20)));
    searched.forEach(name -> columns.add(Column.number(40)));
    Leaderboard.METRICS.forEach(metric -> columns.add(Column.number(20)));
    columns.add(Column.number(20));
    return columns;
  }

  private static List<String> heading(List<String> searched, int k) {
    List<String> heading = new ArrayList<>(List.of("trial"));
    heading.addAll(searched);
    Leaderboard.METRICS.forEach(metric -> heading.add(metric + "@" + k));
    heading.add("seconds");
    return heading;
  }

  private static List<String> cells(JsonNode row, List<String> searched, int k) {
    List<String> cells = new ArrayList<>(List.of(row.path("trial").asText()));
    searched.forEach(name -> cells.add(text(row.path("parameters").path(name))));
    for (String metric : Leaderboard.METRICS) {
      cells.add(Leaderboard.number(Leaderboard.metric(row, metric, k), "%.4f"));
    }
    cells.add(Leaderboard.number(row.path("seconds"), "%.1f"));
    return cells;
  }

  /** A parameter's value as one types it; read back it is the same value. */
  private static String text(JsonNode value) {
    return value.isFloatingPointNumber() ? ValueType.plain(value.asDouble()) : value.asText();
  }
}
