package io.towerbeam.transforms.train;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Fits the models that need no accelerator: one model name is one element, so that a distributed
 * runner fits several at once. See {@link TrainTwoTower} for those that do.
 */
@AutoValue
public abstract class FitRankingModel extends PTransform<PCollection<String>, PCollectionTuple> {
  /** Where the fitted models lie. */
  public static final TupleTag<ModelArtifact> ARTIFACTS = FitModelFn.ARTIFACTS;

  /** The models that could not be fitted. */
  public static final TupleTag<ModelFailure> FAILURES = FitModelFn.FAILURES;

  /** One report per epoch of the models that make any. */
  public static final TupleTag<EpochReport> EPOCHS = FitModelFn.EPOCHS;

  abstract FitSettings settings();

  abstract PCollectionView<Map<String, Long>> counts();

  /**
   * @param counts {@code train_users}, {@code train_items} and {@code train_interactions}
   */
  public static FitRankingModel of(
      FitSettings settings, PCollectionView<Map<String, Long>> counts) {
    return new AutoValue_FitRankingModel(settings, counts);
  }

  @Override
  public PCollectionTuple expand(PCollection<String> models) {
    return models
        .apply("SpreadOverWorkers", Reshuffle.viaRandomKey())
        .apply("Fit", FitEachModel.plain(settings(), counts()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    FitEachModel.describe(settings(), builder);
  }
}
