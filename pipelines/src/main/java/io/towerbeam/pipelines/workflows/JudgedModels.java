package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.pipelines.options.UncertaintyOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.PromotionDecision;
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
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Fitted models judged by the test users, with their lists and the report in the run directory.
 *
 * @param results a row per model and segment
 * @param decisions whether a challenger may take the champion's place; none without a gate
 * @param failures the models that could not be fitted or judged
 * @param written the files of the run so far
 */
record JudgedModels(
    PCollection<EvaluationResult> results,
    PCollection<PromotionDecision> decisions,
    PCollection<ModelFailure> failures,
    List<PCollection<?>> written) {

  /**
   * Adds the steps.
   *
   * @param gate compares the one model with the champion; null for no comparison
   */
  static <O extends EvaluationOptions & UncertaintyOptions & WorkflowOptions> JudgedModels of(
      Workflow<?> workflow,
      O options,
      InputSource source,
      PrepareSettings settings,
      PreparedData data,
      FittedModels fitted,
      @Nullable Gate gate) {
    List<PCollection<?>> written = new ArrayList<>(fitted.written());
    PCollection<InteractionBlock> excluded =
        data.excluded()
            .apply(
                "OfKnownItems",
                Filter.by(block -> block.getExclusion() != ExclusionReason.COLD_ITEM));
    PCollection<InteractionBlock> judged =
        PCollectionList.of(data.test())
            .and(excluded)
            .apply("TestAndExcluded", Flatten.pCollections());
    PCollection<Recommendation> lists = lists(options, data, judged, fitted, gate);
    RunFiles files = data.run();
    written.add(
        lists.apply(
            "WriteLists", RunWriters.recommendations(files.recommendations(), settings.shards())));
    written.addAll(ResultTables.ofLists(options, lists));
    EvaluateRanking evaluation = Evaluation.of(options, source, settings, data, excluded);
    PCollectionTuple evaluated =
        lists.apply(
            "EvaluateRanking", gate == null ? evaluation : evaluation.withContest(gate.contest()));
    PCollection<Recommendation> coldItemLists = ColdItemLists.of(options, data, fitted);
    written.add(
        coldItemLists.apply(
            "WriteColdItemLists",
            RunWriters.recommendations(files.coldItemRecommendations(), settings.shards())));
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
                .setDecisions(gate == null ? null : evaluated.get(EvaluateRanking.DECISIONS))
                .build()));
    written.addAll(ResultTables.ofResults(options, results, fitted.models()));
    return new JudgedModels(
        results, evaluated.get(EvaluateRanking.DECISIONS), failures, List.copyOf(written));
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

  /** Those of the fitted models, and of the champion if it can be asked as it is. */
  private static PCollection<Recommendation> lists(
      EvaluationOptions options,
      PreparedData data,
      PCollection<InteractionBlock> judged,
      FittedModels fitted,
      @Nullable Gate gate) {
    int k = Collections.max(options.getK());
    PCollection<Recommendation> lists =
        data.trainFiles()
            .apply(
                "RecommendTopK",
                RecommendTopK.of(
                    k,
                    JoinHistories.ofUsers(judged).withGiven(data.hidden()),
                    fitted.models(),
                    data.itemIds(),
                    data.firstUsers(),
                    data.itemCounts()));
    if (gate == null || gate.champion() == null || gate.champion().lastTime() == null) {
      return lists;
    }
    return PCollectionList.of(lists)
        .and(judged.apply("ChampionLists", ChampionLists.of(gate.champion(), k, data)))
        .apply("WithChampion", Flatten.pCollections());
  }
}
