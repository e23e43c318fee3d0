package io.towerbeam.transforms.evaluate;

import static io.towerbeam.transforms.evaluate.JudgedSample.DATE;
import static io.towerbeam.transforms.evaluate.JudgedSample.apply;
import static io.towerbeam.transforms.evaluate.JudgedSample.blocks;
import static io.towerbeam.transforms.evaluate.JudgedSample.byModel;
import static io.towerbeam.transforms.evaluate.JudgedSample.dataset;
import static io.towerbeam.transforms.evaluate.JudgedSample.itemCounts;
import static io.towerbeam.transforms.evaluate.JudgedSample.split;
import static io.towerbeam.transforms.evaluate.Lists.block;
import static io.towerbeam.transforms.evaluate.Lists.excluded;
import static io.towerbeam.transforms.evaluate.Lists.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.metrics.Resampling;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.PairedComparison;
import io.towerbeam.schemas.Recommendation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Groups of users apart, and how sure the means are. */
@ExtendWith(TestPipelineExtension.class)
class EvaluateSegmentsTest {
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
            EvaluateRanking.on(
                    split(pipeline).withExcluded(pipeline.apply("Excluded", blocks(excluded))))
                .withEvaluationDate(DATE)
                .withCutoffs(List.of(1)));

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
            EvaluateRanking.on(split(pipeline).withExcluded(excluded)).withEvaluationDate(DATE));
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
            EvaluateRanking.on(JudgedSplit.of(test, test, itemCounts(pipeline), dataset(pipeline)))
                .withEvaluationDate(DATE)
                .withCutoffs(List.of(1))
                .withResampling(new Resampling(500, 42)));
    PAssert.that(outputs.get(EvaluateRanking.RESULTS))
        .satisfies(
            judged -> {
              Map<String, EvaluationResult> results = byModel(judged);
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
              return null;
            });
    pipeline.run();
  }

  @Test
  void aUserWhoseTrainRowsStandInSeveralBlocksIsInOneBucketOfActivity(TestPipeline pipeline) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 30; row++) {
      rows.add("1:t" + row);
    }
    InteractionBlock half = block(rows.toArray(String[]::new));
    PCollection<InteractionBlock> train = pipeline.apply("Train", blocks(List.of(half, half)));
    PCollection<InteractionBlock> test = pipeline.apply("Test", blocks(List.of(block("1:a"))));
    PCollectionTuple outputs =
        apply(
            pipeline,
            List.of(list("m", "1", "a")),
            EvaluateRanking.on(JudgedSplit.of(test, train, itemCounts(pipeline), dataset(pipeline)))
                .withEvaluationDate(DATE));
    PAssert.that(outputs.get(EvaluateRanking.RESULTS))
        .satisfies(
            results -> {
              assertThat(results)
                  .extracting(EvaluationResult::getSegment)
                  .containsExactlyInAnyOrder("all", "activity_50_149");
              return null;
            });
    pipeline.run();
  }

  @Test
  void excludedRowsAloneAreJudgedAgainstABaselineOfTheirOwn(TestPipeline pipeline) {
    PCollection<InteractionBlock> rows =
        pipeline.apply("Rows", blocks(List.of(excluded(ExclusionReason.COLD_ITEM, "1:a", "2:b"))));
    PCollection<InteractionBlock> train = pipeline.apply("Train", blocks(List.of(block("1:x"))));
    PCollectionTuple outputs =
        apply(
            pipeline,
            List.of(
                list("half", "1", "a"), // no list for user 2, so no row
                list("good", "1", "a"),
                list("good", "2", "b"),
                list("base", "1", "b"),
                list("base", "2", "b"),
                list("worse", "1", "b"),
                list("worse", "2", "a")),
            EvaluateRanking.on(
                    JudgedSplit.ofExcluded(rows, train, itemCounts(pipeline), dataset(pipeline)))
                .withEvaluationDate(DATE)
                .withBaseline("base")
                .withResampling(new Resampling(100, 42)));
    PAssert.that(outputs.get(EvaluateRanking.FAILURES)).empty();
    PAssert.that(outputs.get(EvaluateRanking.RESULTS))
        .satisfies(
            results -> {
              assertThat(results)
                  .extracting(EvaluationResult::getModelName, EvaluationResult::getSegment)
                  .containsExactlyInAnyOrder(
                      tuple("good", "cold_items"),
                      tuple("base", "cold_items"),
                      tuple("worse", "cold_items"));
              assertThat(results)
                  .filteredOn(result -> result.getModelName().equals("worse"))
                  .flatExtracting(EvaluationResult::getComparisons)
                  .extracting("against")
                  .containsOnly("good", "base");
              return null;
            });
    pipeline.run();
  }
}
