package io.towerbeam.transforms.evaluate;

import static io.towerbeam.transforms.evaluate.JudgedSample.DATASET;
import static io.towerbeam.transforms.evaluate.JudgedSample.DATE;
import static io.towerbeam.transforms.evaluate.JudgedSample.ITEM_COUNTS;
import static io.towerbeam.transforms.evaluate.JudgedSample.apply;
import static io.towerbeam.transforms.evaluate.JudgedSample.blocks;
import static io.towerbeam.transforms.evaluate.JudgedSample.byModel;
import static io.towerbeam.transforms.evaluate.JudgedSample.dataset;
import static io.towerbeam.transforms.evaluate.JudgedSample.evaluation;
import static io.towerbeam.transforms.evaluate.JudgedSample.itemCounts;
import static io.towerbeam.transforms.evaluate.JudgedSample.lists;
import static io.towerbeam.transforms.evaluate.Lists.block;
import static io.towerbeam.transforms.evaluate.Lists.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.metrics.ItemPopularity;
import io.towerbeam.ml.metrics.Resampling;
import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.Recommendation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class EvaluateRankingTest {
  @Test
  void everyModelGetsARowOfMeansOverTheTestUsers(TestPipeline pipeline) {
    PCollectionTuple outputs =
        apply(
            pipeline,
            List.of(
                list("good", "1", "a", "b"),
                list("good", "2", "x", "c"),
                list("bad", "1", "x", "y"),
                list("bad", "2")),
            evaluation(pipeline).withCutoffs(List.of(2, 1)));

    assertResults(
        outputs,
        results -> {
          assertThat(results).containsOnlyKeys("good", "bad");
          assertThat(results.get("good").getMetrics())
              .containsEntry("hit_rate@1", 0.5)
              .containsEntry("hit_rate@2", 1.0)
              .containsEntry("precision@2", 0.75)
              .containsEntry("recall@2", 0.75)
              .containsEntry("map@1", 0.5)
              .containsEntry("map@2", 0.625)
              .containsEntry("coverage@1", 0.25)
              .containsEntry("coverage@2", 0.5)
              .containsEntry("mean_popularity@1", (4. / 16 + 1. / 16) / 2)
              .hasSize(20);
          assertThat(results.get("bad").getMetrics())
              .containsEntry("ndcg@2", 0.0)
              .containsEntry("coverage@2", 0.25);
        });
    PAssert.that(outputs.get(EvaluateRanking.FAILURES)).empty();
    pipeline.run();
  }

  @Test
  void aRowSaysWhatItWasMeasuredOnAndHow(TestPipeline pipeline) {
    PCollectionTuple outputs =
        apply(
            pipeline,
            List.of(list("m", "1", "a"), list("m", "2", "a")),
            evaluation(pipeline)
                .withCutoffs(List.of(10, 5))
                .withSynthetic(true)
                .withParameters(Map.of("seed", 42L, "split", "warm", "q", .8, "masked", true)));

    assertResults(
        outputs,
        results -> {
          EvaluationResult result = results.get("m");
          assertThat(result.getEvaluationDate()).isEqualTo(DATE);
          assertThat(result.getSegment()).isEqualTo("all");
          assertThat(result.getDatasetInfo()).isEqualTo(DATASET);
          assertThat(result.getTraining()).isNull();
          assertThat(result.getSynthetic()).isTrue();
          assertThat(result.getParameters())
              .isEqualTo(
                  Map.of("k", "10,5", "seed", 42L, "split", "warm", "q", .8, "masked", true));
        });
    pipeline.run();
  }

  @Test
  void oneCutoffIsANumberInTheParameters(TestPipeline pipeline) {
    PCollectionTuple outputs =
        apply(
            pipeline,
            List.of(list("m", "1", "a"), list("m", "2", "a")),
            evaluation(pipeline).withCutoffs(List.of(5)));
    assertResults(
        outputs,
        results -> assertThat(results.get("m").getParameters()).isEqualTo(Map.of("k", 5L)));
    pipeline.run();
  }

  @Test
  void aModelWithOtherUsersThanTheTestUsersFailsAlone(TestPipeline pipeline) {
    List<Recommendation> lists =
        new ArrayList<>(List.of(list("good", "1", "a"), list("good", "2", "a")));
    lists.add(list("short", "2", "a"));
    lists.add(list("long", "1", "a"));
    lists.add(list("long", "2", "a"));
    for (String stranger : List.of("10", "9", "12", "11")) {
      lists.add(list("long", stranger, "a"));
    }
    PCollectionTuple outputs = apply(pipeline, lists, evaluation(pipeline));

    PAssert.that(outputs.get(EvaluateRanking.FAILURES))
        .containsInAnyOrder(
            new ModelFailure(
                "short", "cannot be evaluated: test users without a list: 1 (users such as 1)"),
            new ModelFailure(
                "long",
                "cannot be evaluated: lists for users outside the test set: 4"
                    + " (users such as 9, 10, 11)"));
    assertResults(outputs, results -> assertThat(results).containsOnlyKeys("good"));
    pipeline.run();
  }

  @Test
  void aUserListedTwiceAndARepeatedItemAreFailuresToo(TestPipeline pipeline) {
    PCollectionTuple outputs =
        apply(
            pipeline,
            List.of(
                list("twice", "1", "a"),
                list("twice", "2", "b"),
                list("twice", "1", "a"),
                list("repeat", "1", "a", "b", "a"),
                list("repeat", "2", "a")),
            evaluation(pipeline).withCutoffs(List.of(1)));

    PAssert.that(outputs.get(EvaluateRanking.FAILURES))
        .containsInAnyOrder(
            new ModelFailure(
                "twice",
                "cannot be evaluated: lists for a user who has another one: 1 (users such as 1)"),
            new ModelFailure(
                "repeat",
                "cannot be evaluated: lists with an item more than once: 1 (users such as 1)"));
    PAssert.that(outputs.get(EvaluateRanking.RESULTS)).empty();
    pipeline.run();
  }

  @Test
  void theNumberOfShardsLeavesNoTrace(TestPipeline pipeline) {
    List<Recommendation> lists = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    for (int user = 0; user < 50; user++) {
      String id = "user" + user;
      lists.add(
          list("m", id, "i" + user % 7, "i" + (user * 3 + 1) % 7 + "x", "i" + user % 11 + "y"));
      for (int item = 0; item <= user % 9; item++) {
        rows.add(id + ":i" + item);
      }
    }
    List<InteractionBlock> test = List.of(block(rows.toArray(String[]::new)));
    PCollection<InteractionBlock> blocks = pipeline.apply("Test", blocks(test));
    PCollectionView<DatasetInfo> dataset = dataset(pipeline);
    PCollectionView<Map<String, Long>> itemCounts = itemCounts(pipeline);
    PCollection<Recommendation> input = pipeline.apply("Lists", lists(lists));
    for (int shards : List.of(1, 3, 64)) {
      PCollectionTuple outputs =
          input.apply(
              "EvaluateIn" + shards,
              EvaluateRanking.on(JudgedSplit.of(blocks, blocks, itemCounts, dataset))
                  .withEvaluationDate(DATE)
                  .withShards(shards)
                  .withCutoffs(List.of(1, 3)));
      assertResults(
          outputs,
          results ->
              assertThat(results.get("m").getMetrics()).isEqualTo(expectedMetrics(lists, test)));
    }
    pipeline.run();
  }

  @Test
  void noListsGiveNoRows(TestPipeline pipeline) {
    PCollectionTuple outputs = apply(pipeline, List.of(), evaluation(pipeline));
    PAssert.that(outputs.get(EvaluateRanking.RESULTS)).empty();
    PAssert.that(outputs.get(EvaluateRanking.FAILURES)).empty();
    pipeline.run();
  }

  @Test
  void settingsAreCheckedAtOnceAndShown(TestPipeline pipeline) {
    EvaluateRanking evaluation = evaluation(pipeline);
    assertThatThrownBy(() -> evaluation.withShards(0)).hasMessageContaining("shards is 0");
    assertThatThrownBy(() -> evaluation.withCutoffs(List.of())).hasMessageContaining("[]");
    assertThatThrownBy(() -> evaluation.withEvaluationDate(" ")).hasMessageContaining("ISO 8601");
    assertThatThrownBy(() -> evaluation.withParameters(Map.of("seed", 42)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seed is 42");
    assertThatThrownBy(() -> evaluation.withParameters(Map.of("k", 10L)))
        .hasMessageContaining("cutoffs");
    assertThat(DisplayData.from(evaluation).items())
        .extracting(DisplayData.Item::getKey)
        .containsExactlyInAnyOrder(
            "cutoffs",
            "resamples",
            "baseline",
            "shards",
            "parameters",
            "evaluationDate",
            "synthetic");
    pipeline.run();
  }

  private static Map<String, Double> expectedMetrics(
      List<Recommendation> lists, List<InteractionBlock> test) {
    ShardEvaluation whole =
        new ShardEvaluation(
            List.of("m"),
            new EvaluationSettings(List.of(1, 3), Resampling.NONE),
            ItemPopularity.of(ITEM_COUNTS));
    test.forEach(whole::addJudged);
    lists.forEach(whole::addList);
    return whole.finish().get("m").segments().get("all").ranking().metrics(DATASET.getNItems());
  }

  private interface ResultCheck extends Consumer<Map<String, EvaluationResult>>, Serializable {}

  private static void assertResults(PCollectionTuple outputs, ResultCheck check) {
    PAssert.that(outputs.get(EvaluateRanking.RESULTS))
        .satisfies(
            results -> {
              check.accept(byModel(results));
              return null;
            });
  }
}
