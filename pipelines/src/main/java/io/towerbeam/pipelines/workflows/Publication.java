package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.GivenInput;
import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.schemas.InputFile;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.Counts;
import io.towerbeam.transforms.write.PublishFiles;
import io.towerbeam.transforms.write.PublishRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

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

  /** What a run's manifest says before anything is read: it lacks counts and files. */
  static RunManifest manifest(Workflow<?> workflow, WorkflowOptions options, InputSource source) {
    return manifest(workflow, options, source.isSynthetic(), source.tables());
  }

  private static RunManifest manifest(
      Workflow<?> workflow, WorkflowOptions options, boolean synthetic, List<InputFile> tables) {
    return RunManifest.newBuilder()
        .setWorkflow(workflow.name())
        .setRunId(options.getRunId())
        .setStarted(options.getStartTime())
        .setSeed(options.getSeed())
        .setSynthetic(synthetic)
        .setOptions(OptionSpecs.of(workflow.optionsType()).valuesIn(options))
        .setVersions(Versions.all())
        .setInputs(tables)
        .setCounts(Map.of())
        .build();
  }

  /** The publishing step of a run that serves a model. */
  static PublishFiles ofServing(
      Workflow<?> workflow,
      WorkflowOptions options,
      PublishedModel model,
      GivenInput given,
      List<PCollection<KV<String, Long>>> counts,
      List<PCollection<?>> written) {
    Pipeline pipeline = written.get(0).getPipeline();
    List<String> patterns = new ArrayList<>(given.patterns());
    patterns.addAll(model.patterns());
    return PublishFiles.builder()
        .setRun(RunDirectory.of(options).files())
        .setManifest(manifest(workflow, options, model.manifest().getSynthetic(), given.tables()))
        .setInputPatterns(patterns)
        .setFailures(
            pipeline.apply("NoFailures", Create.empty(AvroCoder.specific(ModelFailure.class))))
        .setCounts(
            PCollectionList.of(counts)
                .apply("AllCounts", Counts.sum())
                .apply("Counts", View.asSingleton()))
        .setWritten(written)
        .build();
  }
}
