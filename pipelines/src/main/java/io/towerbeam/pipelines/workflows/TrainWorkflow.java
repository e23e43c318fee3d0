package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.options.PromotionOptions.Promote;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.workflows.TrainOptions.TrainOn;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.Promotion;
import io.towerbeam.transforms.write.PublishFiles;
import io.towerbeam.transforms.write.RunFiles;
import java.util.List;
import org.apache.beam.sdk.Pipeline;

/**
 * Fits one model and publishes it, with all that serving it takes: as the champion, if it passes
 * the gate.
 */
public final class TrainWorkflow implements Workflow<TrainOptions> {
  @Override
  public String name() {
    return "train";
  }

  @Override
  public String description() {
    return "Fit one model, judge it by the test users and promote it if no worse than the champion";
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
    if (options.getTrainOn() == TrainOn.ALL) {
      requireNothingToJudge(options);
    }
    InputSource.validate(options); // which may set a split time
    choice(options);
    if (isGated(options, InputSource.of(options))) {
      Gate.of(options);
    }
    ResultTables.validate(options);
  }

  private static void requireNothingToJudge(TrainOptions options) {
    if (options.getSplitTime() != null || options.getHoldout() != null) {
      throw new UsageException(
          "--trainOn=all and --%s exclude each other: give one of them"
              .formatted(options.getSplitTime() == null ? "holdout" : "splitTime"));
    }
    if (keepsSomething(options)) {
      throw new UsageException(
          "--trainOn=all has no test side, so that --heldOutItems and --leaveOutTestUsers make no"
              + " sense: leave them out");
    }
    if (options.getPromote() == Promote.AUTO) {
      throw new UsageException(
          "--trainOn=all judges nothing, so that --promote=auto has nothing to go by: give"
              + " --promote=always or never, or leave out --trainOn, for --refit fits an accepted"
              + " model on all rows");
    }
  }

  /** Whether the model is told less than there is, and so is not for serving. */
  private static boolean keepsSomething(TrainOptions options) {
    return options.getHeldOutItems() > 0 || options.getLeaveOutTestUsers();
  }

  private static boolean mayBePromoted(TrainOptions options, InputSource source) {
    return options.getPromote() != Promote.NEVER
        && !source.isSynthetic()
        && !keepsSomething(options);
  }

  private static boolean isGated(TrainOptions options, InputSource source) {
    return mayBePromoted(options, source) && options.getTrainOn() == TrainOn.TRAIN;
  }

  @Override
  public void build(Pipeline pipeline, TrainOptions options) {
    InputSource source = InputSource.of(options);
    PrepareSettings settings = settings(options);
    if (isGated(options, source)) {
      new GatedTraining(this, options, source, settings, choice(options), promotion(options, true))
          .build(pipeline);
      return;
    }
    RunFiles run = RunDirectory.of(options).files();
    PreparedData data =
        pipeline.apply(
            "Prepare", PrepareData.of(source, settings, DataGate.of(this, options, source)));
    FittedModels fitted =
        FittedModels.of(FitModels.of(choice(options), options, data), data)
            .withVectors(options, settings.shards(), data);
    if (settings.hasTest()) {
      JudgedModels judged = JudgedModels.of(this, options, source, settings, data, fitted, null);
      judged.results().apply("Publish", judged.publication(this, options, source, data, fitted));
    } else {
      pipeline.apply(
          "Publish",
          PublishFiles.builder()
              .setRun(run)
              .setManifest(Publication.manifest(this, options, source))
              .setInputPatterns(source.patterns())
              .setFailures(fitted.failures())
              .setCounts(data.counts())
              .setWritten(fitted.written())
              .setPromotion(mayBePromoted(options, source) ? promotion(options, false) : null)
              .build());
    }
  }

  private static Promotion promotion(TrainOptions options, boolean isCompared) {
    return Promotion.of(
        new Folder(options.getOutput()),
        options.getRunId(),
        options.getModel(),
        options.getStartTime(),
        isCompared);
  }

  private static ModelChoice choice(TrainOptions options) {
    return ModelChoice.ofOne("--model", options.getModel(), options);
  }

  private static PrepareSettings settings(TrainOptions options) {
    PrepareSettings settings = PrepareSettings.of(options).withUnseen(options);
    return options.getTrainOn() == TrainOn.ALL ? settings.withoutTest() : settings;
  }
}
