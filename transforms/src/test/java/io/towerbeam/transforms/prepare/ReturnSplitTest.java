package io.towerbeam.transforms.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.data.Blocks;
import io.towerbeam.ml.data.ReturnRule;
import io.towerbeam.ml.data.SplitRule;
import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class ReturnSplitTest {
  private static final long GAP = 30 * 86_400;
  private static final SplitRule COUNTS = new SplitRule(1, 1, 1);
  private static final ReturnRule RULE = new ReturnRule(30, 1, 2, COUNTS);
  private static final String JUDGE = user(1);
  private static final String OTHER = user(2);

  /** A user of a fold of two. */
  private static String user(int fold) {
    return IntStream.range(0, 100)
        .mapToObj(user -> "u" + user)
        .filter(user -> RULE.foldOf(user) == fold)
        .findFirst()
        .orElseThrow();
  }

  private static String row(String user, String item, long time) {
    return "%s %s %d".formatted(user, item, time);
  }

  /** Both return by twice the gap; the headline split is at three times the gap. */
  private static PCollectionTuple split(TestPipeline pipeline) {
    List<InteractionBlock> blocks =
        List.of(
            Blocks.of(row(JUDGE, "a", 1), row(OTHER, "a", 1), row(OTHER, "b", 2 * GAP)),
            Blocks.of(
                row(JUDGE, "b", 2 * GAP),
                row(JUDGE, "x", 2 * GAP + 1),
                row(JUDGE, "a", 3 * GAP + 1)));
    return pipeline
        .apply(Create.of(blocks).withCoder(AvroCoder.specific(InteractionBlock.class)))
        .apply(ShardByUser.into(3))
        .get(ShardByUser.BLOCKS)
        .apply(WarmSplit.atTime(3 * GAP).withRule(COUNTS))
        .apply(ReturnSplit.of(RULE));
  }

  private static void assertSide(
      PCollectionTuple split, TupleTag<InteractionBlock> side, String... lines) {
    PAssert.that(split.get(side))
        .satisfies(
            blocks -> {
              assertThat(Blocks.lines(blocks)).containsExactlyInAnyOrder(lines);
              return null;
            });
  }

  @Test
  void theTrainSideIsSplitByReturnsAndNothingElseIsLookedAt(TestPipeline pipeline) {
    PCollectionTuple split = split(pipeline);
    assertSide(
        split, WarmSplit.TRAIN, row(JUDGE, "a", 1), row(OTHER, "a", 1), row(OTHER, "b", 2 * GAP));
    assertSide(split, WarmSplit.TEST, row(JUDGE, "b", 2 * GAP));
    assertSide(split, WarmSplit.COLD_ITEM_TEST, row(JUDGE, "x", 2 * GAP + 1));
    PAssert.that(split.get(WarmSplit.EXCLUDED))
        .satisfies(
            excluded -> {
              assertThat(Blocks.lines(excluded)).containsExactly(row(JUDGE, "x", 2 * GAP + 1));
              assertThat(excluded)
                  .extracting(InteractionBlock::getExclusion)
                  .containsExactly(ExclusionReason.COLD_ITEM);
              return null;
            });
    PAssert.thatSingleton(split.get(WarmSplit.THRESHOLD)).isEqualTo(3 * GAP);
    PAssert.thatSingleton(split.get(WarmSplit.ITEM_COUNTS)).isEqualTo(Map.of("a", 2L, "b", 1L));
    pipeline.run();
  }

  @Test
  void returningUsersAndTheSidesAreCounted(TestPipeline pipeline) {
    PCollection<Map<String, Long>> counts =
        PCollectionList.of(split(pipeline).get(WarmSplit.COUNTS)).apply(Counts.sum());
    PAssert.thatSingleton(counts)
        .satisfies(
            counted -> {
              assertThat(counted)
                  .containsEntry("returning_users", 2L)
                  .containsEntry("returning_users_in_fold", 1L)
                  .containsEntry("test_users", 1L)
                  .containsEntry("train_users", 2L)
                  .containsEntry("train_interactions", 3L)
                  .containsEntry("excluded_cold_item_interactions", 1L);
              return null;
            });
    pipeline.run();
  }

  @Test
  void everySettingIsShown() {
    assertThat(DisplayData.from(ReturnSplit.of(RULE)).items())
        .extracting(DisplayData.Item::getKey)
        .contains(
            "gapDays",
            "fold",
            "folds",
            "minTrainInteractions",
            "minUserTrainInteractions",
            "minTestInteractions");
  }
}
