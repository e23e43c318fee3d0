package io.towerbeam.transforms.train;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Trains the models that gain from an accelerator: two-tower models and others that learn by
 * gradient steps. One model name is one element on one worker, which streams the training shards
 * from their files.
 *
 * <p>Only the training step carries the resource hints: see {@link TrainingWorker}.
 */
@AutoValue
public abstract class TrainTwoTower extends PTransform<PCollection<String>, PCollectionTuple> {
  /** Where the trained models lie. */
  public static final TupleTag<ModelArtifact> ARTIFACTS = FitModelFn.ARTIFACTS;

  /** The models that could not be trained. */
  public static final TupleTag<ModelFailure> FAILURES = FitModelFn.FAILURES;

  /** One report per epoch. */
  public static final TupleTag<EpochReport> EPOCHS = FitModelFn.EPOCHS;

  abstract FitSettings settings();

  abstract PCollectionView<Map<String, Long>> counts();

  abstract TrainingWorker worker();

  /**
   * @param counts {@code train_users}, {@code train_items} and {@code train_interactions}
   */
  public static TrainTwoTower of(FitSettings settings, PCollectionView<Map<String, Long>> counts) {
    return new AutoValue_TrainTwoTower(settings, counts, TrainingWorker.any());
  }

  /** Asks for an accelerator, such as {@code type:nvidia-l4;count:1;install-nvidia-driver}. */
  public TrainTwoTower withAccelerator(@Nullable String accelerator) {
    return on(new TrainingWorker(accelerator, worker().minRam()));
  }

  /** Asks for a worker with at least so much memory, such as {@code 16GB}. */
  public TrainTwoTower withMinRam(@Nullable String minRam) {
    return on(new TrainingWorker(worker().accelerator(), minRam));
  }

  private TrainTwoTower on(TrainingWorker worker) {
    return new AutoValue_TrainTwoTower(settings(), counts(), worker);
  }

  @Override
  public PCollectionTuple expand(PCollection<String> models) {
    PCollectionTuple trained =
        worker().train(models, FitEachModel.accelerated(settings(), counts()));
    return PCollectionTuple.of(
            ARTIFACTS, trained.get(ARTIFACTS).apply("AfterTraining", TrainingWorker.after()))
        .and(FAILURES, trained.get(FAILURES).apply("FailuresAfter", TrainingWorker.after()))
        .and(EPOCHS, trained.get(EPOCHS).apply("EpochsAfter", TrainingWorker.after()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    worker().describe(builder);
    FitEachModel.describe(settings(), builder);
  }
}
