package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.schemas.Trial;
import io.towerbeam.transforms.features.BuildItemFeatures;
import io.towerbeam.transforms.prepare.Await;
import io.towerbeam.transforms.train.TrainingWorker;
import io.towerbeam.transforms.tune.RunTrials;
import io.towerbeam.transforms.write.PublishTrials;
import io.towerbeam.transforms.write.RunFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Searches a model's parameters on a split of the train side; the test side is never looked at. */
public final class TuneWorkflow implements Workflow<TuneOptions> {
  @Override
  public String name() {
    return "tune";
  }

  @Override
  public String description() {
    return "Search one model's parameters on a split of the train side and tell which were best";
  }

  @Override
  public Class<TuneOptions> optionsType() {
    return TuneOptions.class;
  }

  @Override
  public List<Artifact> inputs() {
    return InputSource.artifacts();
  }

  @Override
  public List<Artifact> outputs() {
    return Outputs.ofTuning();
  }

  @Override
  public void validate(TuneOptions options) {
    LocalGpu.require(options);
    InputSource.validate(options);
    TuneChoice.of(options);
    TuningSplit.of(options);
  }

  @Override
  public void build(Pipeline pipeline, TuneOptions options) {
    RunFiles run = RunDirectory.of(options).files();
    InputSource source = InputSource.of(options);
    TuneChoice choice = TuneChoice.of(options);
    PreparedData data =
        pipeline.apply(
            "Prepare",
            PrepareData.of(source, PrepareSettings.of(options), DataGate.of(this, options, source))
                .withTuningSplit(TuningSplit.of(options)));
    List<PCollection<?>> written = new ArrayList<>(data.written());

    BuildItemFeatures.Result features =
        data.items().apply("BuildItemFeatures", BuildItemFeatures.create());
    written.add(features.spec().apply("WriteFeatureSpec", RunWriters.featureSpec(run)));
    written.add(features.features().apply("WriteItemFeatures", RunWriters.itemFeatures(run)));

    PCollection<Map<String, Long>> ready =
        data.countMap().apply("ShardsAreWritten", Await.ended(written));
    ready.setCoder(data.countMap().getCoder());
    List<Trial> planned = choice.trials(); // a lambda that names the choice would drag it along
    ready
        .apply(
            "PlanTrials",
            FlatMapElements.into(TypeDescriptor.of(Trial.class)).via(counts -> planned))
        .setCoder(AvroCoder.specific(Trial.class))
        .apply("RunTrials", runTrials(choice.model(), options, run, data))
        .apply(
            "Publish",
            PublishTrials.builder()
                .setRun(run)
                .setManifest(Publication.manifest(this, options, source))
                .setInputPatterns(source.patterns())
                .setMetric(choice.metric())
                .setCounts(data.counts())
                .setWritten(written)
                .build());
  }

  private static RunTrials runTrials(
      ModelChoice choice, TuneOptions options, RunFiles run, PreparedData data) {
    RunTrials trials = RunTrials.of(choice.settings(options, run), options.getK(), data.counts());
    RankingModelProvider model = choice.providers().get(0);
    return model.needsAccelerator()
        ? trials.withWorker(
            new TrainingWorker(options.getAccelerator(), options.getTrainingMinRam()))
        : trials;
  }
}
