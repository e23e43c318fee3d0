package io.towerbeam.transforms.train;

import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTagList;

/** The fit itself, which both kinds of models share. */
final class FitEachModel extends PTransform<PCollection<String>, PCollectionTuple> {
  private final transient FitSettings settings;
  private final transient boolean accelerated;
  private final transient PCollectionView<Map<String, Long>> counts;

  private FitEachModel(
      FitSettings settings, boolean accelerated, PCollectionView<Map<String, Long>> counts) {
    this.settings = settings;
    this.accelerated = accelerated;
    this.counts = counts;
  }

  static FitEachModel accelerated(FitSettings settings, PCollectionView<Map<String, Long>> counts) {
    return new FitEachModel(settings, true, counts);
  }

  static FitEachModel plain(FitSettings settings, PCollectionView<Map<String, Long>> counts) {
    return new FitEachModel(settings, false, counts);
  }

  @Override
  public PCollectionTuple expand(PCollection<String> models) {
    PCollectionTuple fitted =
        models.apply(
            "FitModel",
            ParDo.of(new FitModelFn(settings, accelerated, counts))
                .withSideInputs(counts)
                .withOutputTags(
                    FitModelFn.ARTIFACTS,
                    TupleTagList.of(List.of(FitModelFn.FAILURES, FitModelFn.EPOCHS))));
    fitted.get(FitModelFn.ARTIFACTS).setCoder(AvroCoder.specific(ModelArtifact.class));
    fitted.get(FitModelFn.FAILURES).setCoder(AvroCoder.specific(ModelFailure.class));
    fitted.get(FitModelFn.EPOCHS).setCoder(AvroCoder.specific(EpochReport.class));
    return fitted;
  }

  static void describe(FitSettings settings, DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("run", settings.run().root().path()))
        .add(DisplayData.item("seed", settings.seed()))
        .add(DisplayData.item("device", settings.device().name()))
        .add(DisplayData.item("requireGpu", settings.requireGpu()))
        .add(DisplayData.item("threads", settings.threads()))
        .add(DisplayData.item("modelParameters", settings.modelParameters().toString()));
  }
}
