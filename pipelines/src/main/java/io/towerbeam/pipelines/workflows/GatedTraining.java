package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.transforms.write.Promotion;
import io.towerbeam.transforms.write.PublishRun;
import io.towerbeam.transforms.write.RunFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * A training whose model has to pass the gate: it learns up to the holdout, is judged by it beside
 * the champion, and, once accepted, is fitted again on all rows, if that is wanted. Then what was
 * judged lies in {@code gate/}, and the run's own folders have what is published.
 *
 * @param promotion of the model, should it pass
 */
record GatedTraining(
    Workflow<TrainOptions> workflow,
    TrainOptions options,
    InputSource source,
    PrepareSettings settings,
    ModelChoice choice,
    Promotion promotion) {

  /** Adds the steps. */
  void build(Pipeline pipeline) {
    RunFiles run = RunDirectory.of(options).files();
    Gate gate = Gate.of(options);
    PreparedData data =
        pipeline.apply(
            "Prepare",
            PrepareData.of(source, settings, DataGate.of(workflow, options, source))
                .into(options.getRefit() ? run.gate() : run));
    FitModels fits = FitModels.of(choice, options, data);
    FittedModels fitted =
        FittedModels.of(gate.champion() == null ? fits : fits.withChampion(gate.champion()), data);
    if (!options.getRefit()) {
      fitted = fitted.withVectors(options, settings.shards(), data);
    }
    JudgedModels judged = JudgedModels.of(workflow, options, source, settings, data, fitted, gate);
    PublishRun.Builder publication =
        Publication.of(workflow, options, source)
            .setArtifacts(fitted.artifacts())
            .setPromotion(promotion)
            .setDecisions(judged.decisions());
    judged
        .results()
        .apply(
            "Publish",
            options.getRefit()
                ? ofRefit(publication, data, judged)
                : publication
                    .setFailures(judged.failures())
                    .setCounts(data.counts())
                    .setWritten(judged.written())
                    .build());
  }

  private PublishRun ofRefit(
      PublishRun.Builder publication, PreparedData data, JudgedModels judged) {
    RefitModel.Result refit =
        judged.decisions().apply("Refit", RefitModel.of(choice, options, settings, data));
    List<PCollection<?>> written = new ArrayList<>(judged.written());
    written.addAll(refit.written());
    return publication
        .setFailures(
            PCollectionList.of(judged.failures())
                .and(refit.failures())
                .apply("WithRefitFailures", Flatten.pCollections()))
        .setCounts(refit.counts())
        .setWritten(written)
        .build();
  }
}
