package io.towerbeam.pipelines.report;

import io.towerbeam.pipelines.report.Table.Cell;
import io.towerbeam.pipelines.report.Table.Head;
import io.towerbeam.pipelines.report.Table.Row;
import io.towerbeam.schemas.EvaluationResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** The tables of metric values: by metric, by list length and by segment. */
final class MetricTables {
  private static final List<String> BY_CUTOFF = List.of("ndcg", "hit_rate", "recall", "coverage");

  private MetricTables() {}

  /** Models by metric at the first k, and how long fitting took. */
  static Table leaderboard(ReportData data) {
    List<EvaluationResult> results = data.leaderboard();
    List<Column> columns =
        results.stream()
            .flatMap(result -> result.getMetrics().keySet().stream())
            .distinct()
            .map(Metric::parse)
            .filter(metric -> metric.k() == data.k() || metric.k() == 0)
            .sorted(Comparator.comparing(Metric::base, Words.METRIC_ORDER))
            .map(metric -> new Column(metric, results, Words.metric(metric.base()), "", true))
            .toList();
    Table table = table("Leaderboard at k = " + data.k(), columns, results);
    List<Head> heads = new ArrayList<>(table.heads());
    heads.add(Head.number("Training s"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      List<Cell> cells = new ArrayList<>(table.rows().get(i).cells());
      cells.add(Cell.number(seconds(results.get(i))));
      rows.add(new Row(table.rows().get(i).name(), cells));
    }
    return new Table(table.caption(), heads, rows);
  }

  /** Models by the accuracy at every k; empty if there is but one. */
  static Optional<Table> cutoffs(ReportData data) {
    if (data.cutoffs().size() < 2) {
      return Optional.empty();
    }
    List<EvaluationResult> results = data.leaderboard();
    List<Column> columns = new ArrayList<>();
    for (String base : BY_CUTOFF) {
      for (int k : data.cutoffs()) {
        Metric metric = new Metric(base, k);
        if (results.stream().anyMatch(result -> metric.of(result).isPresent())) {
          columns.add(new Column(metric, results, metric.label(), "", false));
        }
      }
    }
    return Optional.of(table("The same models at every k", columns, results));
  }

  /** Models by segment; empty if only all users were measured. */
  static Optional<Table> segments(ReportData data) {
    if (data.segments().isEmpty()) {
      return Optional.empty();
    }
    List<EvaluationResult> all = data.leaderboard();
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(data.ranking(), all, "All test users", users(all), true));
    for (String segment : data.segments()) {
      List<EvaluationResult> rows = data.segment(segment);
      columns.add(new Column(data.ranking(), rows, Words.segment(segment), users(rows), true));
    }
    return Optional.of(table(data.ranking().label() + " by segment", columns, all));
  }

  /** How many users the rows are about. */
  static String users(List<EvaluationResult> rows) {
    long users =
        rows.stream().mapToLong(row -> row.getDatasetInfo().getNTestUsers()).max().orElse(0);
    return Numbers.whole(users) + (users == 1 ? " user" : " users");
  }

  private static Table table(
      String caption, List<Column> columns, List<EvaluationResult> leaderboard) {
    List<Head> heads = new ArrayList<>(List.of(Head.text("Model")));
    columns.forEach(column -> heads.add(new Head(column.title, column.note, true)));
    List<Row> rows =
        leaderboard.stream()
            .map(EvaluationResult::getModelName)
            .map(
                model ->
                    new Row(model, columns.stream().map(column -> column.cell(model)).toList()))
            .toList();
    return new Table(caption, heads, rows);
  }

  private static String seconds(EvaluationResult result) {
    return result.getTraining() == null
        ? Numbers.NONE
        : Numbers.fixed(result.getTraining().getSeconds(), 1);
  }

  /** One metric of one segment's rows, and how its values are written. */
  private record Column(
      Metric metric, List<EvaluationResult> rows, String title, String note, boolean intervals) {
    Cell cell(String model) {
      Optional<EvaluationResult> row =
          rows.stream().filter(result -> result.getModelName().equals(model)).findFirst();
      OptionalDouble value = row.map(metric::of).orElse(OptionalDouble.empty());
      int decimals = Numbers.decimals(values().max().orElse(0));
      String interval =
          row.filter(result -> intervals)
              .flatMap(metric::interval)
              .map(ends -> Numbers.interval(ends, decimals))
              .orElse("");
      return new Cell(Numbers.fixed(value, decimals), interval, true, isBest(value));
    }

    private boolean isBest(OptionalDouble value) {
      return rows.size() > 1
          && Words.MORE_IS_BETTER.contains(metric.base())
          && value.isPresent()
          && value.getAsDouble() == values().max().orElseThrow();
    }

    private DoubleStream values() {
      return rows.stream().map(metric::of).flatMapToDouble(OptionalDouble::stream);
    }
  }
}
