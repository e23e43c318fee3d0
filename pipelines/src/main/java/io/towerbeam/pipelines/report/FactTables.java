package io.towerbeam.pipelines.report;

import io.towerbeam.pipelines.report.Table.Cell;
import io.towerbeam.pipelines.report.Table.Head;
import io.towerbeam.pipelines.report.Table.Row;
import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ModelArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was run on what: data, split, parameters, options and versions. */
final class FactTables {
  private static final String SPLIT_TIME = "split_time";

  private FactTables() {}

  /** A number with its name. */
  record Fact(String name, String value) {}

  /** The sizes of the two sides. */
  static List<Fact> sizes(ReportData data) {
    DatasetInfo info = data.leaderboard().get(0).getDatasetInfo();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Test users", Numbers.whole(info.getNTestUsers())));
    facts.add(new Fact("Test interactions", Numbers.whole(info.getTestSize())));
    facts.add(new Fact("Train users", Numbers.whole(info.getNTrainUsers())));
    facts.add(new Fact("Train interactions", Numbers.whole(info.getTrainSize())));
    facts.add(new Fact("Items", Numbers.whole(info.getNItems())));
    if (data.counts().containsKey(SPLIT_TIME)) {
      facts.add(new Fact("Split at", Numbers.time(data.counts().get(SPLIT_TIME))));
    }
    return facts;
  }

  /** How the split and the metrics were set: the parameters that are no model's. */
  static Table evaluation(ReportData data) {
    EvaluationResult first = data.leaderboard().get(0);
    Set<String> ofModel =
        data.artifacts().stream()
            .filter(artifact -> artifact.getModel().equals(first.getModelName()))
            .flatMap(artifact -> artifact.getParameters().keySet().stream())
            .collect(Collectors.toSet());
    Map<String, String> settings = new TreeMap<>();
    first
        .getParameters()
        .forEach(
            (name, value) -> {
              if (!ofModel.contains(name)) {
                settings.put(Words.sentence(name), value.toString());
              }
            });
    return ofMap("Split and evaluation", "Setting", settings);
  }

  /** Everything counted on the way but for the time of the split, which is none. */
  static Table counts(ReportData data) {
    Map<String, String> counts = new TreeMap<>();
    data.counts().forEach((name, n) -> counts.put(Words.sentence(name), Numbers.whole(n)));
    counts.remove(Words.sentence(SPLIT_TIME));
    Table table = ofMap("Counted on the way", "What", counts);
    return new Table(
        table.caption(),
        List.of(table.heads().get(0), Head.number("How many")),
        table.rows().stream()
            .map(row -> new Row(row.name(), List.of(Cell.number(row.cells().get(0).text()))))
            .toList());
  }

  /** The parameters that each model was fitted with, in the order of the leaderboard. */
  static Table parameters(ReportData data) {
    List<Row> rows = new ArrayList<>();
    for (String model : data.models()) {
      data.artifacts().stream()
          .filter(artifact -> artifact.getModel().equals(model))
          .forEach(artifact -> rows.add(new Row(model, List.of(Cell.text(parameters(artifact))))));
    }
    return new Table("Parameters of the models", heads("Model", "Parameters"), rows);
  }

  /** The options as given; of a path its end, which is all that means something elsewhere. */
  static Table options(ReportData data) {
    Map<String, String> options = new TreeMap<>();
    data.manifest()
        .getOptions()
        .forEach(
            (name, value) ->
                options.put("--" + name, isPath(value) ? "…/" + Words.lastName(value) : value));
    return ofMap("Options", "Option", options);
  }

  /** The versions of what the run was made with. */
  static Table versions(ReportData data) {
    return ofMap("Versions", "Of", new TreeMap<>(data.manifest().getVersions()));
  }

  private static String parameters(ModelArtifact artifact) {
    String named =
        new TreeMap<>(artifact.getParameters())
            .entrySet().stream()
                .map(parameter -> parameter.getKey() + ": " + parameter.getValue())
                .collect(Collectors.joining(", "));
    return named.isEmpty() ? "none" : named;
  }

  private static boolean isPath(String value) {
    return value.startsWith("/") || value.startsWith("~") || value.matches("[A-Za-z]+:[/\\\\].*");
  }

  private static Table ofMap(String caption, String name, Map<String, String> values) {
    return new Table(
        caption,
        heads(name, "Value"),
        values.entrySet().stream()
            .map(value -> new Row(value.getKey(), List.of(Cell.text(value.getValue()))))
            .toList());
  }

  private static List<Head> heads(String name, String value) {
    return List.of(Head.text(name), Head.text(value));
  }
}
