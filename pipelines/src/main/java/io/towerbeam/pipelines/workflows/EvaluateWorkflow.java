package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.evaluate.EvaluateRanking;
import io.towerbeam.transforms.evaluate.ReadRecommendations;
import io.towerbeam.transforms.evaluate.RecommendationFiles;
import io.towerbeam.transforms.write.RunFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/** Judges top-K lists that came from anywhere by the test users of a split. */
public final class EvaluateWorkflow implements Workflow<EvaluateOptions> {
  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String description() {
    return "Judge top-K lists, ours or another system's, by the test users of a split";
  }

  @Override
  public Class<EvaluateOptions> optionsType() {
    return EvaluateOptions.class;
  }

  @Override
  public List<Artifact> inputs() {
    List<Artifact> inputs = new ArrayList<>(InputSource.artifacts());
    inputs.add(
        Artifact.avro(
            "recommendations",
            "--recommendations",
            Recommendation.getClassSchema(),
            "the lists to judge, as Avro or CSV"));
    return List.copyOf(inputs);
  }

  @Override
  public List<Artifact> outputs() {
    return Outputs.ofEvaluation();
  }

  @Override
  public void validate(EvaluateOptions options) {
    InputSource.validate(options);
    try {
      RecommendationFiles.check(options.getRecommendations());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    ResultTables.validate(options);
  }

  @Override
  public void build(Pipeline pipeline, EvaluateOptions options) {
    RunFiles run = RunDirectory.of(options).files();
    InputSource source = InputSource.of(options);
    PrepareSettings settings = PrepareSettings.of(options);
    ReadRecommendations read = ReadRecommendations.from(options.getRecommendations());
    PCollectionTuple lists =
        pipeline.apply(
            "ReadRecommendations",
            options.getModelName() == null ? read : read.withModelName(options.getModelName()));
    PreparedData data =
        pipeline.apply(
            "Prepare",
            PrepareData.of(source, settings, DataGate.open(this, options, source))
                .withRejected(lists.get(ReadRecommendations.REJECTED)));
    PCollectionTuple evaluated =
        lists
            .get(ReadRecommendations.RECOMMENDATIONS)
            .apply(
                "EvaluateRanking", Evaluation.of(options, source, settings, data, data.excluded()));
    PCollection<ModelArtifact> noModels =
        pipeline.apply("NoModels", Create.empty(AvroCoder.specific(ModelArtifact.class)));
    List<PCollection<?>> written = new ArrayList<>(data.written());
    written.add(
        evaluated
            .get(EvaluateRanking.RESULTS)
            .apply(
                "WriteReport",
                Reporting.of(this, options, source, data)
                    .setArtifacts(noModels)
                    .setFailures(evaluated.get(EvaluateRanking.FAILURES))
                    .setEpochs(
                        pipeline.apply(
                            "NoEpochs", Create.empty(AvroCoder.specific(EpochReport.class))))
                    .setLists(lists.get(ReadRecommendations.RECOMMENDATIONS))
                    .build()));
    written.addAll(
        ResultTables.ofResults(
            options,
            evaluated.get(EvaluateRanking.RESULTS),
            noModels.apply("NoFits", View.asList())));
    evaluated
        .get(EvaluateRanking.RESULTS)
        .apply(
            "Publish",
            Publication.of(this, options, source)
                .setArtifacts(noModels)
                .setFailures(evaluated.get(EvaluateRanking.FAILURES))
                .setCounts(data.counts())
                .setWritten(written)
                .build());
  }
}
