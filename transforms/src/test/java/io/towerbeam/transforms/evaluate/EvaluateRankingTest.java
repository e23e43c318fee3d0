package io.towerbeam.transforms.evaluate;

import static io.towerbeam.transforms.evaluate.Lists.block;
import static io.towerbeam.transforms.evaluate.Lists.excluded;
import static io.towerbeam.transforms.evaluate.Lists.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.metrics.ItemPopularity;
import io.towerbeam.ml.metrics.Resampling;
import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.PairedComparison;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.prepare.Counts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class EvaluateRankingTest {
  private static final DatasetInfo DATASET = new DatasetInfo(5L, 2L, 8L, 40L, 5L);
  private static final String DATE = "2026-01-31T08:00:00Z";
  private static final List<InteractionBlock> TEST =
      List.of(block("1:a", "1:b", "2:a"), block("2:a", "2:c"));
  private static final List<InteractionBlock> TRAIN = List.of(trainRows());
  private static final Map<String, Long> ITEM_COUNTS = Map.of("a", 4L, "b", 3L, "c", 8L, "x", 1L);

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
                  Map.of("k", "5,10", "seed", 42L, "split", "warm", "q", .8, "masked", true));
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
              EvaluateRanking.against(blocks, blocks, itemCounts)
                  .withDataset(dataset)
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
  void segmentsHaveRowsOfTheirOwnWithTheirNumberOfUsers(TestPipeline pipeline) {
    List<InteractionBlock> excluded =
        List.of(
            excluded(ExclusionReason.COLD_USER, "3:a", "3:x"),
            excluded(ExclusionReason.COLD_ITEM, "1:new", "3:new"),
            excluded(ExclusionReason.LIGHT_TRAIN_USER, "4:b"),
            excluded(ExclusionReason.LIGHT_TEST_USER, "5:b"));
    PCollectionTuple outputs =
        apply(
            pipeline,
            List.of(
                list("m", "1", "a"),
                list("m", "2", "b"),
                list("m", "3", "x"),
                list("m", "4", "b"),
                list("m", "5", "a")),
            evaluation(pipeline)
                .withCutoffs(List.of(1))
                .withExcluded(pipeline.apply("Excluded", blocks(excluded))));

    PAssert.that(outputs.get(EvaluateRanking.FAILURES)).empty();
    PAssert.that(outputs.get(EvaluateRanking.RESULTS))
        .satisfies(
            results -> {
              assertThat(results)
                  .extracting(
                      EvaluationResult::getSegment,
                      result -> result.getDatasetInfo().getNTestUsers(),
                      result -> result.getDatasetInfo().getTestSize(),
                      result -> result.getMetrics().get("hit_rate@1"))
                  .containsExactlyInAnyOrder(
                      tuple("all", 2L, 5L, .5),
                      tuple("activity_0_49", 1L, 2L, 1.),
                      tuple("activity_150_or_more", 1L, 2L, 0.),
                      tuple("cold_users", 1L, 2L, 1.),
                      tuple("cold_items", 2L, 2L, 0.),
                      tuple("light_train_users", 1L, 1L, 1.),
                      tuple("light_test_users", 1L, 1L, 0.));
              return null;
            });
    pipeline.run();
  }

  @Test
  void aSegmentHasNoRowIfOneOfItsUsersHasNoList(TestPipeline pipeline) {
    PCollection<InteractionBlock> excluded =
        pipeline.apply(
            "Excluded",
            blocks(
                List.of(
                    excluded(ExclusionReason.COLD_USER, "3:a", "4:x"),
                    excluded(ExclusionReason.LIGHT_TEST_USER, "5:a"))));
    PCollectionTuple outputs =
        apply(
            pipeline,
            List.of(
                list("m", "1", "a"), list("m", "2", "b"), list("m", "3", "a"), list("m", "5", "a")),
            evaluation(pipeline).withExcluded(excluded));
    PAssert.that(outputs.get(EvaluateRanking.FAILURES)).empty();
    PAssert.that(outputs.get(EvaluateRanking.RESULTS))
        .satisfies(
            results -> {
              assertThat(results)
                  .extracting(EvaluationResult::getSegment)
                  .contains("all", "light_test_users")
                  .doesNotContain("cold_users");
              return null;
            });
    pipeline.run();
  }

  @Test
  void meansHaveIntervalsAndModelsAreComparedWithTheBestAndTheBaseline(TestPipeline pipeline) {
    List<String> rows = new ArrayList<>();
    List<Recommendation> lists = new ArrayList<>();
    for (int user = 0; user < 200; user++) {
      rows.add(user + ":a");
      lists.add(list("best", "" + user, user % 4 == 0 ? "b" : "a"));
      lists.add(list("middle", "" + user, user % 2 == 0 ? "b" : "a"));
      lists.add(list("most-popular", "" + user, user % 4 == 1 ? "a" : "b"));
    }
    PCollection<InteractionBlock> test =
        pipeline.apply("Test", blocks(List.of(block(rows.toArray(String[]::new)))));
    PCollectionTuple outputs =
        apply(
            pipeline,
            lists,
            EvaluateRanking.against(test, test, itemCounts(pipeline))
                .withDataset(dataset(pipeline))
                .withEvaluationDate(DATE)
                .withCutoffs(List.of(1))
                .withResampling(new Resampling(500, 42)));
    assertResults(
        outputs,
        results -> {
          // the deviation of a mean of 200 that are 1 with probability .75 is .0306
          List<Double> interval = results.get("best").getCi95().get("hit_rate@1");
          assertThat(interval.get(0)).isCloseTo(.75 - 1.96 * .0306, within(.015));
          assertThat(interval.get(1)).isCloseTo(.75 + 1.96 * .0306, within(.015));
          assertThat(results.get("best").getCi95()).doesNotContainKeys("coverage@1", "gini@1");
          assertThat(results.get("best").getComparisons())
              .extracting(PairedComparison::getAgainst)
              .containsOnly("most-popular");
          assertThat(results.get("most-popular").getComparisons())
              .extracting(PairedComparison::getAgainst)
              .containsOnly("best");
          assertThat(results.get("middle").getComparisons())
              .filteredOn(comparison -> comparison.getMetric().equals("ndcg@1"))
              .extracting(PairedComparison::getAgainst, PairedComparison::getDifference)
              .containsExactly(tuple("best", -.25), tuple("most-popular", .25));
          assertThat(results.get("middle").getComparisons())
              .filteredOn(comparison -> comparison.getMetric().equals("hit_rate@1"))
              .allSatisfy(comparison -> assertThat(comparison.getPValue()).isLessThan(.01));
        });
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

  private static EvaluateRanking evaluation(TestPipeline pipeline) {
    return EvaluateRanking.against(
            pipeline.apply("Test", blocks(TEST)),
            pipeline.apply("Train", blocks(TRAIN)),
            itemCounts(pipeline))
        .withDataset(dataset(pipeline))
        .withEvaluationDate(DATE);
  }

  /** User 1 has 49 rows of train, user 2 has 150. */
  private static InteractionBlock trainRows() {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 150; row++) {
      rows.add("2:t" + row);
      if (row < 49) {
        rows.add("1:t" + row);
      }
    }
    return block(rows.toArray(String[]::new));
  }

  private static PCollectionView<Map<String, Long>> itemCounts(TestPipeline pipeline) {
    return pipeline
        .apply("ItemCounts", Create.of(List.of(ITEM_COUNTS)).withCoder(Counts.MAP_CODER))
        .apply("ViewItemCounts", View.asSingleton());
  }

  private static PCollectionView<DatasetInfo> dataset(TestPipeline pipeline) {
    return pipeline
        .apply("Dataset", Create.of(DATASET).withCoder(AvroCoder.specific(DatasetInfo.class)))
        .apply("ViewDataset", View.asSingleton());
  }

  private static Create.Values<InteractionBlock> blocks(List<InteractionBlock> blocks) {
    return Create.of(blocks).withCoder(AvroCoder.specific(InteractionBlock.class));
  }

  private static Create.Values<Recommendation> lists(List<Recommendation> lists) {
    return Create.of(lists).withCoder(AvroCoder.specific(Recommendation.class));
  }

  private static PCollectionTuple apply(
      TestPipeline pipeline, List<Recommendation> lists, EvaluateRanking evaluation) {
    return pipeline.apply("Lists", lists(lists)).apply("Evaluate", evaluation);
  }

  private interface ResultCheck extends Consumer<Map<String, EvaluationResult>>, Serializable {}

  private static void assertResults(PCollectionTuple outputs, ResultCheck check) {
    PAssert.that(outputs.get(EvaluateRanking.RESULTS))
        .satisfies(
            results -> {
              check.accept(
                  StreamSupport.stream(results.spliterator(), false)
                      .filter(result -> result.getSegment().equals("all"))
                      .collect(Collectors.toMap(EvaluationResult::getModelName, r -> r)));
              return null;
            });
  }
}
