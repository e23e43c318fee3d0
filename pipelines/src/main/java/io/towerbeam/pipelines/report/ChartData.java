package io.towerbeam.pipelines.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.EvaluationResult;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** What the charts are drawn from, as JSON that may stand inside a page's script element. */
final class ChartData {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ChartData() {}

  /** All charts' data. Holds no {@code <}, so that no text in it can end the element. */
  static String json(ReportData data) {
    ObjectNode root = NODES.objectNode();
    root.set("accuracy", accuracy(data));
    root.set("coverage", coverage(data));
    root.set("losses", losses(data));
    root.set("segments", segments(data));
    return root.toString()
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /** The trained models that have losses, in the order of the leaderboard. */
  static List<String> trained(ReportData data) {
    return data.models().stream()
        .filter(model -> data.epochs().stream().anyMatch(epoch -> epoch.getModel().equals(model)))
        .toList();
  }

  private static ObjectNode accuracy(ReportData data) {
    ObjectNode chart = NODES.objectNode().put("metric", data.ranking().label());
    ArrayNode models = chart.putArray("models");
    for (EvaluationResult result : data.leaderboard()) {
      ObjectNode model = models.addObject().put("name", result.getModelName());
      put(model, "value", data.ranking().of(result));
      data.ranking()
          .interval(result)
          .ifPresent(ends -> model.put("lower", ends.get(0)).put("upper", ends.get(1)));
    }
    return chart;
  }

  private static ObjectNode coverage(ReportData data) {
    Metric coverage = new Metric("coverage", data.k());
    ObjectNode chart =
        NODES.objectNode().put("x", coverage.label()).put("y", data.ranking().label());
    ArrayNode models = chart.putArray("models");
    for (EvaluationResult result : data.leaderboard()) {
      ObjectNode model = models.addObject().put("name", result.getModelName());
      put(model, "x", coverage.of(result));
      put(model, "y", data.ranking().of(result));
    }
    return chart;
  }

  private static ArrayNode losses(ReportData data) {
    ArrayNode charts = NODES.arrayNode();
    for (String model : trained(data)) {
      ArrayNode points = charts.addObject().put("name", model).putArray("points");
      data.epochs().stream()
          .filter(epoch -> epoch.getModel().equals(model))
          .sorted(Comparator.comparingInt(EpochReport::getEpoch))
          .forEach(
              epoch ->
                  points
                      .addArray()
                      .add(epoch.getEpoch())
                      .add(epoch.getLoss() / Math.max(epoch.getBatches(), 1)));
    }
    return charts;
  }

  private static ObjectNode segments(ReportData data) {
    ObjectNode chart = NODES.objectNode().put("metric", data.ranking().label());
    ArrayNode names = chart.putArray("names");
    data.segments()
        .forEach(
            segment ->
                names.add(
                    "%s (%s)"
                        .formatted(
                            Words.segment(segment), MetricTables.users(data.segment(segment)))));
    ArrayNode models = chart.putArray("models");
    for (String name : data.models()) {
      ArrayNode values = models.addObject().put("name", name).putArray("values");
      for (String segment : data.segments()) {
        OptionalDouble value =
            data.segment(segment).stream()
                .filter(result -> result.getModelName().equals(name))
                .map(data.ranking()::of)
                .findFirst()
                .orElse(OptionalDouble.empty());
        if (isFinite(value)) {
          values.add(value.getAsDouble());
        } else {
          values.addNull();
        }
      }
    }
    return chart;
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    if (isFinite(value)) {
      node.put(name, value.getAsDouble());
    } else {
      node.putNull(name);
    }
  }

  private static boolean isFinite(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble());
  }
}
