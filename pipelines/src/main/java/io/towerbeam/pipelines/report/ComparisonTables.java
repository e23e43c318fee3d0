package io.towerbeam.pipelines.report;

import io.towerbeam.pipelines.report.Table.Cell;
import io.towerbeam.pipelines.report.Table.Head;
import io.towerbeam.pipelines.report.Table.Row;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.PairedComparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How models differ from the best and from a baseline on the same users: a table per metric, and
 * one per segment.
 */
final class ComparisonTables {
  private static final double SIGNIFICANT = .05;
  private static final int DECIMALS = 4;

  private ComparisonTables() {}

  /** The metric that models are ranked by first, then the others in the order of the columns. */
  static List<Table> of(ReportData data) {
    return data.leaderboard().stream()
        .flatMap(result -> result.getComparisons().stream())
        .map(comparison -> Metric.parse(comparison.getMetric()))
        .distinct()
        .sorted(
            Comparator.comparing((Metric metric) -> !metric.equals(data.ranking()))
                .thenComparing(Metric::base, Words.METRIC_ORDER)
                .thenComparing(Metric::k))
        .map(
            metric ->
                table(
                    metric.label() + ": differences on the same users", data.leaderboard(), metric))
        .toList();
  }

  /** By the metric that models are ranked by, the segments that have comparisons. */
  static List<Table> ofSegments(ReportData data) {
    return data.segments().stream()
        .filter(
            segment ->
                data.segment(segment).stream()
                    .anyMatch(result -> !result.getComparisons().isEmpty()))
        .map(
            segment ->
                table(
                    "%s: %s of %s"
                        .formatted(
                            Words.segment(segment),
                            data.ranking().label(),
                            MetricTables.users(data.segment(segment))),
                    data.segment(segment),
                    data.ranking()))
        .toList();
  }

  /**
   * @param results the rows of one segment, best first
   */
  private static Table table(String caption, List<EvaluationResult> results, Metric metric) {
    List<String> others = others(results, metric);
    List<Head> heads = new ArrayList<>(List.of(Head.text("Model")));
    for (String other : others) {
      heads.add(new Head("Difference from " + other, "95% interval", true));
      heads.add(Head.number("p"));
    }
    List<Row> rows = new ArrayList<>();
    for (EvaluationResult result : results) {
      List<Cell> cells = new ArrayList<>();
      others.forEach(other -> cells.addAll(cells(comparison(result, metric, other))));
      rows.add(new Row(result.getModelName(), cells));
    }
    return new Table(caption, heads, rows);
  }

  /** The models compared with, in the order of the leaderboard. */
  private static List<String> others(List<EvaluationResult> results, Metric metric) {
    List<String> models = results.stream().map(EvaluationResult::getModelName).toList();
    return results.stream()
        .flatMap(result -> result.getComparisons().stream())
        .filter(comparison -> comparison.getMetric().equals(metric.key()))
        .map(PairedComparison::getAgainst)
        .distinct()
        .sorted(
            Comparator.comparingInt((String model) -> models.indexOf(model))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static Optional<PairedComparison> comparison(
      EvaluationResult result, Metric metric, String other) {
    return result.getComparisons().stream()
        .filter(comparison -> comparison.getMetric().equals(metric.key()))
        .filter(comparison -> comparison.getAgainst().equals(other))
        .findFirst();
  }

  private static List<Cell> cells(Optional<PairedComparison> comparison) {
    if (comparison.isEmpty()) {
      return List.of(Cell.number(Numbers.NONE), Cell.number(Numbers.NONE));
    }
    PairedComparison found = comparison.get();
    String ends =
        "%s to %s"
            .formatted(
                Numbers.difference(found.getLower(), DECIMALS),
                Numbers.difference(found.getUpper(), DECIMALS));
    boolean differs = found.getPValue() < SIGNIFICANT;
    return List.of(
        new Cell(Numbers.difference(found.getDifference(), DECIMALS), ends, true, differs),
        new Cell(Numbers.pValue(found.getPValue()), "", true, differs));
  }
}
