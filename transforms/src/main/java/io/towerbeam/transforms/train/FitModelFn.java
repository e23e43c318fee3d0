package io.towerbeam.transforms.train;

import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.transforms.files.AvroJson;
import io.towerbeam.transforms.files.AvroJsonReader;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Fits one model per element. A model that an earlier attempt of the run finished is taken as it
 * is; one that it began goes on from its checkpoint.
 */
final class FitModelFn extends DoFn<String, ModelArtifact> {
  static final TupleTag<ModelArtifact> ARTIFACTS = new TupleTag<>("artifacts") {};
  static final TupleTag<ModelFailure> FAILURES = new TupleTag<>("failures") {};
  static final TupleTag<EpochReport> EPOCHS = new TupleTag<>("epochs") {};

  /** Written last: a model folder without it is unfinished. */
  static final String CONFIG = "config.json";

  private final Counter modelsFitted = Metrics.counter(FitModelFn.class, "models_fitted");
  private final Counter modelsFailed = Metrics.counter(FitModelFn.class, "models_failed");
  private final FitSettings settings;
  private final boolean accelerated;
  private final PCollectionView<Map<String, Long>> counts;

  /**
   * @param accelerated whether it is to run on a worker with an accelerator
   */
  FitModelFn(FitSettings settings, boolean accelerated, PCollectionView<Map<String, Long>> counts) {
    this.settings = settings;
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
    String name = context.element();
    Folder folder = settings.run().model(name);
    if (!folder.exists(CONFIG)) {
      try {
        fit(name, folder, context.sideInput(counts));
        modelsFitted.inc();
      } catch (ModelFitException e) {
        modelsFailed.inc();
        context.output(FAILURES, new ModelFailure(name, e.getMessage()));
        return;
      }
    }
    new EpochFile(folder).read().forEach(report -> context.output(EPOCHS, report));
    context.output(AvroJsonReader.read(folder, CONFIG, ModelArtifact.class));
  }

  private void fit(String name, Folder folder, Map<String, Long> counts)
      throws IOException, ModelFitException {
    RankingModelProvider provider = settings.provider(name);
    ParameterValues parameters = settings.parameters(name);
    FitSettings seeded = settings.seededFor(name);
    ModelFit fit = ModelFit.of(name, provider, parameters, folder, seeded, counts);
    try (FittedModel model = fit.model()) {
      model.save(new FolderModelFiles(folder));
    }
    ModelArtifact artifact =
        ModelArtifact.newBuilder()
            .setModel(name)
            .setProvider(provider.name())
            .setPath(folder.path())
            .setParameters(parameters.asMap())
            .setSeed(seeded.seed())
            .setTraining(fit.training())
            .build();
    folder.write(CONFIG, out -> out.write(AvroJson.bytes(artifact)));
  }
}
