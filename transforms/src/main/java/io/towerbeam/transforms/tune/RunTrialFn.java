package io.towerbeam.transforms.tune;

import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.training.Checkpoints;
import io.towerbeam.schemas.Trial;
import io.towerbeam.transforms.train.FitSettings;
import io.towerbeam.transforms.train.FolderModelFiles;
import io.towerbeam.transforms.train.ModelFit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Fits and judges one trial per element, unless an earlier attempt of the run finished it. The
 * trial's file is written before its checkpoints are deleted, so that a kill loses neither.
 */
final class RunTrialFn extends DoFn<Trial, Trial> {
  private final Counter trialsFinished = Metrics.counter(RunTrials.class, "trials_finished");
  private final Counter trialsFailed = Metrics.counter(RunTrials.class, "trials_failed");
  private final FitSettings settings;
  private final List<Integer> cutoffs;
  private final boolean accelerated;
  private final PCollectionView<Map<String, Long>> counts;
  private transient TrialJudge judge;

  RunTrialFn(
      FitSettings settings,
      List<Integer> cutoffs,
      boolean accelerated,
      PCollectionView<Map<String, Long>> counts) {
    this.settings = settings;
    this.cutoffs = cutoffs;
    this.accelerated = accelerated;
    this.counts = counts;
  }

  @Setup
  public void requireDevice() throws ModelFitException {
    if (accelerated) {
      ModelFit.requireDevice(settings);
    }
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    TrialFiles files = new TrialFiles(settings.run());
    Trial planned = context.element();
    Optional<Trial> finished = files.read(planned.getTrial());
    if (finished.isEmpty()) {
      Trial trial = run(planned, files, context.sideInput(counts));
      (trial.getFailure() == null ? trialsFinished : trialsFailed).inc();
      files.write(trial);
      finished = Optional.of(trial);
    }
    Checkpoints.deleteAll(new FolderModelFiles(files.modelOf(planned.getTrial())));
    context.output(finished.get());
  }

  private Trial run(Trial planned, TrialFiles files, Map<String, Long> counts) throws IOException {
    RankingModelProvider provider = RankingModels.onClassPath().get(planned.getModel());
    Trial.Builder trial = Trial.newBuilder(planned);
    try {
      ModelFit fit =
          ModelFit.of(
              planned.getModel() + " " + TrialFiles.name(planned.getTrial()),
              provider,
              ParameterValues.of(planned.getParameters()),
              files.modelOf(planned.getTrial()),
              settings,
              counts);
      try (FittedModel model = fit.model()) {
        trial.setSeconds(fit.training().getSeconds());
        trial.setMetrics(judge(counts).metrics(model, cutoffs));
      }
    } catch (ModelFitException e) {
      trial.setFailure(e.getMessage());
    }
    return trial.build();
  }

  /** The test users, read when the first trial of this worker needs them. */
  private TrialJudge judge(Map<String, Long> counts) throws IOException {
    if (judge == null) {
      judge = TrialJudge.of(settings.run(), counts);
    }
    return judge;
  }
}
