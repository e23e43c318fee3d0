package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.options.PrepareOptions;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.transforms.write.PreparedFiles;
import io.towerbeam.transforms.write.PublishFiles;
import io.towerbeam.transforms.write.RunFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;

/** Reads, rejects, filters, splits and indexes once, for all workflows that take it as input. */
public final class PrepareWorkflow implements Workflow<PrepareOptions> {
  @Override
  public String name() {
    return "prepare";
  }

  @Override
  public String description() {
    return "Read, split and index data once, for other workflows to take as --input";
  }

  @Override
  public Class<PrepareOptions> optionsType() {
    return PrepareOptions.class;
  }

  @Override
  public List<Artifact> inputs() {
    return InputSource.artifacts();
  }

  @Override
  public List<Artifact> outputs() {
    return Outputs.ofPreparing();
  }

  @Override
  public void validate(PrepareOptions options) {
    InputSource.validate(options);
  }

  @Override
  public void build(Pipeline pipeline, PrepareOptions options) {
    RunFiles run = RunDirectory.of(options).files();
    InputSource source = InputSource.of(options);
    // who splits anew, or takes the rows alone, needs no test users: who does checks
    PrepareSettings settings = PrepareSettings.of(options).withTestOptional();
    PreparedData data =
        pipeline.apply(
            "Prepare", PrepareData.of(source, settings, DataGate.of(this, options, source)));
    List<PCollection<?>> written = new ArrayList<>(data.written());
    written.add(data.catalogue().apply("WriteCatalogue", RunWriters.wholeCatalogue(run)));
    RunManifest manifest =
        RunManifest.newBuilder(Publication.manifest(this, options, source))
            .setLayout(PreparedFiles.LAYOUT)
            .build();
    pipeline.apply(
        "Publish",
        PublishFiles.builder()
            .setRun(run)
            .setManifest(manifest)
            .setInputPatterns(source.patterns())
            .setFailures(
                pipeline.apply("NoFailures", Create.empty(AvroCoder.specific(ModelFailure.class))))
            .setCounts(data.counts())
            .setWritten(written)
            .build());
  }
}
