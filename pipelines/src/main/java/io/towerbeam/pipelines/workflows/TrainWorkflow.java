package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.workflows.TrainOptions.TrainOn;
import io.towerbeam.schemas.Champion;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.PromoteChampion;
import io.towerbeam.transforms.write.PublishFiles;
import io.towerbeam.transforms.write.RunFiles;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;

/** Fits one model and publishes it, with all that serving it takes, as the champion. */
public final class TrainWorkflow implements Workflow<TrainOptions> {
  @Override
  public String name() {
    return "train";
  }

  @Override
  public String description() {
    return "Fit one model, judge it by the test users and publish it as the champion";
  }

  @Override
  public Class<TrainOptions> optionsType() {
    return TrainOptions.class;
  }

  @Override
  public List<Artifact> inputs() {
    return InputSource.artifacts();
  }

  @Override
  public List<Artifact> outputs() {
    return Outputs.ofTraining();
  }

  @Override
  public void validate(TrainOptions options) {
    LocalGpu.require(options);
    if (options.getTrainOn() == TrainOn.ALL && options.getSplitTime() != null) {
      throw new UsageException(
          "--trainOn=all and --splitTime exclude each other: give one of them");
    }
    if (options.getTrainOn() == TrainOn.ALL && keepsSomething(options)) {
      throw new UsageException(
          "--trainOn=all has no test side, so that --heldOutItems and --leaveOutTestUsers make no"
              + " sense: leave them out");
    }
    InputSource.validate(options); // which may set a split time
    choice(options);
  }

  /** Whether the model is told less than there is, and so is not for serving. */
  private static boolean keepsSomething(TrainOptions options) {
    return options.getHeldOutItems() > 0 || options.getLeaveOutTestUsers();
  }

  @Override
  public void build(Pipeline pipeline, TrainOptions options) {
    RunFiles run = RunDirectory.of(options).files();
    InputSource source = InputSource.of(options);
    PrepareSettings settings = settings(options);
    PreparedData data =
        pipeline.apply(
            "Prepare", PrepareData.of(source, settings, DataGate.of(this, options, source)));
    FittedModels fitted = FittedModels.of(choice(options), options, run, settings.shards(), data);
    if (settings.hasTest()) {
      JudgedModels judged = JudgedModels.of(this, options, source, settings, data, fitted);
      PCollection<String> verdict =
          judged
              .results()
              .apply("Publish", judged.publication(this, options, source, data, fitted));
      promote(options, source, verdict, judged.results());
    } else {
      PCollection<String> verdict =
          pipeline.apply(
              "Publish",
              PublishFiles.builder()
                  .setRun(run)
                  .setManifest(Publication.manifest(this, options, source))
                  .setInputPatterns(source.patterns())
                  .setFailures(fitted.failures())
                  .setCounts(data.counts())
                  .setWritten(fitted.written())
                  .build());
      promote(options, source, verdict, noResults(pipeline));
    }
  }

  private static ModelChoice choice(TrainOptions options) {
    return ModelChoice.ofOne("--model", options.getModel(), options);
  }

  private static PrepareSettings settings(TrainOptions options) {
    PrepareSettings settings = PrepareSettings.of(options).withUnseen(options);
    return options.getTrainOn() == TrainOn.ALL ? settings.withoutTest() : settings;
  }

  private static PCollection<EvaluationResult> noResults(Pipeline pipeline) {
    return pipeline.apply("NoResults", Create.empty(AvroCoder.specific(EvaluationResult.class)));
  }

  private static void promote(
      TrainOptions options,
      InputSource source,
      PCollection<String> verdict,
      PCollection<EvaluationResult> results) {
    if (options.getPromote() && !source.isSynthetic() && !keepsSomething(options)) {
      Champion champion =
          Champion.newBuilder()
              .setRunId(options.getRunId())
              .setRunDirectory("runs/" + options.getRunId())
              .setModel(options.getModel())
              .setMetrics(Map.of())
              .setStarted(options.getStartTime())
              .build();
      verdict.apply(
          "PromoteChampion",
          PromoteChampion.of(new Folder(options.getOutput()), champion, results));
    }
  }
}
