package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.pipelines.options.UncertaintyOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.evaluate.EvaluateRanking;
import io.towerbeam.transforms.prepare.JoinHistories;
import io.towerbeam.transforms.recommend.RecommendTopK;
import io.towerbeam.transforms.write.PublishRun;
import io.towerbeam.transforms.write.RunFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Fitted models judged by the test users, with their lists and the report in the run directory.
 *
 * @param results a row per model and segment
 * @param failures the models that could not be fitted or judged
 * @param written the files of the run so far
 */
record JudgedModels(
    PCollection<EvaluationResult> results,
    PCollection<ModelFailure> failures,
    List<PCollection<?>> written) {

  /** Adds the steps. */
  static <O extends EvaluationOptions & UncertaintyOptions & WorkflowOptions> JudgedModels of(
      Workflow<?> workflow,
      O options,
      InputSource source,
      PrepareSettings settings,
      PreparedData data,
      FittedModels fitted) {
    List<PCollection<?>> written = new ArrayList<>(fitted.written());
    PCollection<InteractionBlock> excluded =
        data.excluded()
            .apply(
                "OfKnownItems",
                Filter.by(block -> block.getExclusion() != ExclusionReason.COLD_ITEM));
    PCollection<Recommendation> lists =
        data.train().apply("RecommendTopK", recommendTopK(options, data, excluded, fitted));
    RunFiles run = RunDirectory.of(options).files();
    written.add(
        lists.apply(
            "WriteLists", RunWriters.recommendations(run.recommendations(), settings.shards())));
    written.addAll(ResultTables.ofLists(options, lists));
    PCollectionTuple evaluated =
        lists.apply("EvaluateRanking", Evaluation.of(options, source, settings, data, excluded));
    PCollection<Recommendation> coldItemLists = ColdItemLists.of(options, data, fitted);
    written.add(
        coldItemLists.apply(
            "WriteColdItemLists",
            RunWriters.recommendations(run.coldItemRecommendations(), settings.shards())));
    PCollectionTuple ofColdItems =
        coldItemLists.apply(
            "EvaluateColdItems", Evaluation.ofColdItems(options, source, settings, data));
    PCollection<EvaluationResult> results =
        both("AllResults", EvaluateRanking.RESULTS, evaluated, ofColdItems);
    PCollection<ModelFailure> failures =
        PCollectionList.of(fitted.failures())
            .and(both("NotJudged", EvaluateRanking.FAILURES, evaluated, ofColdItems))
            .apply("AllFailures", Flatten.pCollections());
    written.add(
        results.apply(
            "WriteReport",
            Reporting.of(workflow, options, source, data)
                .setArtifacts(fitted.artifacts())
                .setFailures(failures)
                .setEpochs(fitted.epochs())
                .setLists(lists)
                .build()));
    written.addAll(ResultTables.ofResults(options, results, fitted.models()));
    return new JudgedModels(results, failures, List.copyOf(written));
  }

  private static <T> PCollection<T> both(
      String name, TupleTag<T> tag, PCollectionTuple evaluated, PCollectionTuple ofColdItems) {
    return PCollectionList.of(evaluated.get(tag))
        .and(ofColdItems.get(tag))
        .apply(name, Flatten.pCollections());
  }

  /** The step that publishes them. */
  PublishRun publication(
      Workflow<?> workflow,
      WorkflowOptions options,
      InputSource source,
      PreparedData data,
      FittedModels fitted) {
    return Publication.of(workflow, options, source)
        .setArtifacts(fitted.artifacts())
        .setFailures(failures)
        .setCounts(data.counts())
        .setWritten(written)
        .build();
  }

  private static RecommendTopK recommendTopK(
      EvaluationOptions options,
      PreparedData data,
      PCollection<InteractionBlock> excluded,
      FittedModels fitted) {
    PCollection<InteractionBlock> judged =
        PCollectionList.of(data.test())
            .and(excluded)
            .apply("TestAndExcluded", Flatten.pCollections());
    return RecommendTopK.of(
        Collections.max(options.getK()),
        JoinHistories.ofUsers(judged).withGiven(data.hidden()),
        fitted.models(),
        data.itemIds(),
        data.firstUsers(),
        data.itemCounts());
  }
}
