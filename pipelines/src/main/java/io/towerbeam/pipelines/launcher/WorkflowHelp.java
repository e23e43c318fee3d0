package io.towerbeam.pipelines.launcher;

import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.options.ValueType;
import io.towerbeam.pipelines.spi.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** A workflow's page of help. */
final class WorkflowHelp {
  private WorkflowHelp() {}

  static List<String> of(Workflow<?> workflow) {
    List<String> lines = new ArrayList<>();
    lines.add("towerbeam " + workflow.name() + " [--option=value ...]");
    lines.add("");
    lines.add("  " + workflow.description());
    lines.add("");
    TextTable table = OptionHelp.table();
    OptionHelp.addOptions(table, workflow.optionsType());
    if (TrainingOptions.class.isAssignableFrom(workflow.optionsType())) {
      addModels(table);
    }
    lines.addAll(table.lines(""));
    lines.add("");
    lines.add(
        "Beam's own options are taken too, such as --runner: see towerbeam help PipelineOptions.");
    return lines;
  }

  private static void addModels(TextTable table) {
    List<RankingModelProvider> models =
        ServiceLoader.load(RankingModelProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(RankingModelProvider::name))
            .toList();
    if (!models.isEmpty()) {
      OptionHelp.addHeading(table, "Models, and what --modelParameters can set");
    }
    for (RankingModelProvider model : models) {
      table.add(List.of("  " + model.name(), "", "", model.description()));
      for (ModelParameter parameter : model.parameters()) {
        table.add(
            List.of(
                "    ." + parameter.name(),
                String.valueOf(parameter.defaultValue()),
                spanOf(parameter),
                parameter.help()));
      }
    }
  }

  private static String spanOf(ModelParameter parameter) {
    return switch (parameter.type()) {
      case INTEGER, REAL ->
          ValueType.plain(parameter.min()) + " to " + ValueType.plain(parameter.max());
      case FLAG -> "true, false";
      case CHOICE -> String.join(", ", parameter.choices());
    };
  }
}
