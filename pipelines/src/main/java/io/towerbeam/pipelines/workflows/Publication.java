package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.PublishRun;
import java.util.List;
import java.util.Map;

/** The publishing step with what the options say of the run. */
final class Publication {
  private Publication() {}

  /** Lacks artifacts, failures, counts and what was written. */
  static PublishRun.Builder of(Workflow<?> workflow, WorkflowOptions options, InputSource source) {
    return PublishRun.builder()
        .setRun(RunDirectory.of(options).files())
        .setOutput(new Folder(options.getOutput()))
        .setInputPatterns(source.patterns())
        .setManifest(manifest(workflow, options, source));
  }

  /** What a run's manifest says before anything is read: it lacks counts and inputs. */
  static RunManifest manifest(Workflow<?> workflow, WorkflowOptions options, InputSource source) {
    return RunManifest.newBuilder()
        .setWorkflow(workflow.name())
        .setRunId(options.getRunId())
        .setStarted(options.getStartTime())
        .setSeed(options.getSeed())
        .setSynthetic(source.isSynthetic())
        .setOptions(OptionSpecs.of(workflow.optionsType()).valuesIn(options))
        .setVersions(Versions.all())
        .setInputs(List.of())
        .setCounts(Map.of())
        .build();
  }
}
