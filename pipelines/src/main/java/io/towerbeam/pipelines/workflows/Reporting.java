package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.report.WriteReport;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Workflow;
import java.util.ArrayList;
import java.util.List;

/** The reporting step with what the options say of the run. */
final class Reporting {
  private Reporting() {}

  /** Lacks artifacts, failures, epochs and lists. */
  static <O extends EvaluationOptions & WorkflowOptions> WriteReport.Builder of(
      Workflow<?> workflow, O options, InputSource source, PreparedData data) {
    return WriteReport.builder()
        .setFolder(RunDirectory.of(options).files().report())
        .setManifest(Publication.manifest(workflow, options, source))
        .setInputPatterns(inputs(source))
        .setCutoffs(options.getK())
        .setCounts(data.counts())
        .setStatistics(data.statistics())
        .setTrain(data.histories())
        .setTest(data.test())
        .setItems(data.items());
  }

  private static List<String> inputs(InputSource source) {
    List<String> inputs = new ArrayList<>(source.patterns());
    source.tables().forEach(table -> inputs.add(table.getPath()));
    return inputs;
  }
}
