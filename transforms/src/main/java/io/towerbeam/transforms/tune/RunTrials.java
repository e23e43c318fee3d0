package io.towerbeam.transforms.tune;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.metrics.RankingTotals;
import io.towerbeam.schemas.Trial;
import io.towerbeam.transforms.train.FitSettings;
import io.towerbeam.transforms.train.TrainingWorker;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Runs planned trials: fits each one's model on the training shards of a run and judges it by the
 * run's test users. Gives the trials with their metrics, or with the reason why there are none.
 *
 * <p>One trial is one element on one worker, which holds what the fit needs and the test users'
 * histories. Each leaves {@code trials/trial-0007.avro} when it is done and is not run again if
 * that is there; one that was begun goes on from its checkpoint. The fitted models are not kept.
 */
@AutoValue
public abstract class RunTrials extends PTransform<PCollection<Trial>, PCollection<Trial>> {
  abstract FitSettings settings();

  abstract List<Integer> cutoffs();

  abstract PCollectionView<Map<String, Long>> counts();

  abstract @Nullable TrainingWorker worker();

  /**
   * @param settings the run and the fits; its model parameters are not looked at, since each trial
   *     has all of its own
   * @param cutoffs the values of k that metrics are measured at
   * @param counts {@code train_users}, {@code train_items} and {@code train_interactions}
   */
  public static RunTrials of(
      FitSettings settings, List<Integer> cutoffs, PCollectionView<Map<String, Long>> counts) {
    RankingTotals.requireCutoffs(cutoffs);
    return new AutoValue_RunTrials(settings, List.copyOf(cutoffs), counts, null);
  }

  /** Runs the trials of a model that gains from an accelerator on such a worker. */
  public RunTrials withWorker(TrainingWorker worker) {
    return new AutoValue_RunTrials(settings(), cutoffs(), counts(), worker);
  }

  @Override
  public PCollection<Trial> expand(PCollection<Trial> planned) {
    ParDo.SingleOutput<Trial, Trial> run =
        ParDo.of(new RunTrialFn(settings(), cutoffs(), worker() != null, counts()))
            .withSideInputs(counts());
    AvroCoder<Trial> coder = AvroCoder.specific(Trial.class);
    if (worker() == null) {
      return planned
          .apply("SpreadOverWorkers", Reshuffle.viaRandomKey())
          .apply("Run", run)
          .setCoder(coder);
    }
    return worker()
        .train(planned, run)
        .setCoder(coder)
        .apply("AfterTraining", TrainingWorker.after());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("run", settings().run().root().path()))
        .add(DisplayData.item("seed", settings().seed()))
        .add(DisplayData.item("device", settings().device().name()))
        .add(DisplayData.item("requireGpu", settings().requireGpu()))
        .add(DisplayData.item("threads", settings().threads()))
        .add(DisplayData.item("cutoffs", cutoffs().toString()));
    if (worker() != null) {
      worker().describe(builder);
    }
  }
}
