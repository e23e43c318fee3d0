package io.towerbeam.transforms.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.data.Blocks;
import io.towerbeam.ml.data.Holdout;
import io.towerbeam.ml.data.IdOrder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.ml.data.Shards;
import io.towerbeam.ml.data.SplitRule;
import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InteractionBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestPipelineExtension.class)
class PrepareTest {
  private static final Holdout THIRD = new Holdout(1. / 3, 42, true);

  private static PCollection<InteractionBlock> create(
      TestPipeline pipeline, List<InteractionBlock> blocks) {
    return pipeline.apply(Create.of(blocks).withCoder(AvroCoder.specific(InteractionBlock.class)));
  }

  /** 2,000 events of 60 users, in blocks of 300. */
  private static List<InteractionBlock> events(List<Long> times) {
    SplittableRandom random = new SplittableRandom(7);
    List<InteractionBlock> blocks = new ArrayList<>();
    for (int block = 0; block * 300 < 2000; block++) {
      String[] lines = new String[Math.min(300, 2000 - block * 300)];
      for (int i = 0; i < lines.length; i++) {
        long time = random.nextInt(100_000) - 20_000L + (1L << 33) * random.nextInt(2);
        times.add(time);
        lines[i] = "u" + random.nextInt(60) + " " + random.nextInt(40) + " " + time;
      }
      blocks.add(Blocks.of(lines));
    }
    return blocks;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .25, .5, .8, .8501, 1})
  void theTimeQuantileIsExact(double quantile, TestPipeline pipeline) {
    List<Long> times = new ArrayList<>();
    List<InteractionBlock> blocks = events(times);
    times.sort(Comparator.naturalOrder());
    long expected = times.get((int) Math.rint(quantile * (times.size() - 1)));
    PAssert.thatSingleton(create(pipeline, blocks).apply(TimeQuantile.of(quantile)))
        .isEqualTo(expected);
    pipeline.run();
  }

  @Test
  void halfRanksRoundToTheEvenOne(TestPipeline pipeline) {
    // 0.5 of 4 times is rank 1.5, and 2 is even
    PAssert.thatSingleton(
            create(pipeline, List.of(Blocks.of("u a 10", "u b 20"), Blocks.of("u c 30", "u d 40")))
                .apply(TimeQuantile.of(.5)))
        .isEqualTo(30L);
    pipeline.run();
  }

  @Test
  void noInteractionsHaveTheEarliestTimeAsQuantile(TestPipeline pipeline) {
    PAssert.thatSingleton(create(pipeline, List.of()).apply(TimeQuantile.of(.8)))
        .isEqualTo(Long.MIN_VALUE);
    pipeline.run();
  }

  @Test
  void aQuantileOutsideItsRangeIsRefused() {
    assertThatThrownBy(() -> WarmSplit.atQuantile(1.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quantile must be 0 to 1, not 1.2");
  }

  @Test
  void aUserStandsWholeInTheShardOfItsHash(TestPipeline pipeline) {
    PCollectionTuple sharded =
        create(pipeline, events(new ArrayList<>())).apply(ShardByUser.into(4));
    PAssert.that(sharded.get(ShardByUser.BLOCKS))
        .satisfies(
            blocks -> {
              List<String> users = new ArrayList<>();
              long rows = 0;
              for (InteractionBlock block : blocks) {
                block
                    .getUserIds()
                    .forEach(user -> assertThat(Shards.of(user, 4)).isEqualTo(block.getShard()));
                users.addAll(block.getUserIds());
                rows += InteractionColumns.rows(block);
              }
              assertThat(users).doesNotHaveDuplicates().hasSize(60);
              assertThat(rows).isEqualTo(2000);
              return null;
            });
    pipeline.run();
  }

  @Test
  void duplicatesAreCollapsedAcrossBlocksAndCounted(TestPipeline pipeline) {
    PCollectionTuple sharded =
        create(pipeline, List.of(Blocks.of("u a 1", "u b 2"), Blocks.of("u a 1")))
            .apply(ShardByUser.into(1));
    PAssert.that(sharded.get(ShardByUser.BLOCKS))
        .satisfies(
            blocks -> {
              assertThat(Blocks.lines(blocks)).containsExactly("u a 1", "u b 2");
              return null;
            });
    PAssert.that(sharded.get(ShardByUser.COUNTS))
        .containsInAnyOrder(List.of(KV.of("duplicates_collapsed", 1L)));
    pipeline.run();
  }

  private static PCollectionTuple smallSplit(TestPipeline pipeline) {
    return create(
            pipeline,
            List.of(
                Blocks.of("u 10 1", "u 9 2", "v 9 3", "w 9 200", "u 9 150"),
                Blocks.of("v x 160", "v 10 170", "v 9 4")))
        .apply(ShardByUser.into(3))
        .get(ShardByUser.BLOCKS)
        .apply(WarmSplit.atTime(100).withRule(new SplitRule(1, 2, 1)));
  }

  @Test
  void theSplitHasThreeSides(TestPipeline pipeline) {
    PCollectionTuple split = smallSplit(pipeline);
    PAssert.that(split.get(WarmSplit.TRAIN))
        .satisfies(
            train -> {
              assertThat(Blocks.lines(train))
                  .containsExactlyInAnyOrder("u 10 1", "u 9 2", "v 9 3", "v 9 4");
              return null;
            });
    PAssert.that(split.get(WarmSplit.TEST))
        .satisfies(
            test -> {
              assertThat(Blocks.lines(test)).containsExactlyInAnyOrder("u 9 150", "v 10 170");
              return null;
            });
    PAssert.that(split.get(WarmSplit.EXCLUDED))
        .satisfies(
            excluded -> {
              assertThat(excluded)
                  .extracting(InteractionBlock::getExclusion)
                  .containsExactlyInAnyOrder(ExclusionReason.COLD_ITEM, ExclusionReason.COLD_USER);
              return null;
            });
    PAssert.thatSingleton(split.get(WarmSplit.THRESHOLD)).isEqualTo(100L);
    PAssert.thatSingleton(split.get(WarmSplit.ITEM_COUNTS)).isEqualTo(Map.of("9", 3L, "10", 1L));
    pipeline.run();
  }

  /** An item that is held out by a third with seed 42, if {@code isHeldOut}, or is not. */
  private static String item(boolean isHeldOut) {
    return IntStream.range(0, 100)
        .mapToObj(String::valueOf)
        .filter(id -> THIRD.has(id) == isHeldOut)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void modelsAreToldNothingOfHeldOutItemsAndLeftOutUsers(TestPipeline pipeline) {
    String held = item(true);
    String kept = item(false);
    PCollectionTuple split =
        create(
                pipeline,
                List.of(
                    Blocks.of("u %s 1".formatted(held), "u %s 2".formatted(kept)),
                    Blocks.of("u %s 150".formatted(held), "u new 160"),
                    Blocks.of("v %s 3".formatted(held), "v b 4")))
            .apply(ShardByUser.into(3))
            .get(ShardByUser.BLOCKS)
            .apply(WarmSplit.atTime(100).withRule(new SplitRule(1, 2, 1)).withHoldout(THIRD));
    assertSide(split, WarmSplit.TRAIN, "v b 4");
    assertSide(split, WarmSplit.TEST);
    assertSide(split, WarmSplit.COLD_ITEM_TEST, "u %s 150".formatted(held), "u new 160");
    assertSide(
        split,
        WarmSplit.EXCLUDED,
        "u %s 1".formatted(held),
        "u %s 2".formatted(kept),
        "u %s 150".formatted(held),
        "u new 160",
        "v %s 3".formatted(held));
    PAssert.thatSingleton(split.get(WarmSplit.ITEM_COUNTS)).isEqualTo(Map.of(kept, 0L, "b", 1L));
    PAssert.thatSingleton(split.get(WarmSplit.EXCLUDED).apply(ColdItems.ids()))
        .isEqualTo(List.of(held, "new"));
    pipeline.run();
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
  void itemsAreIndexedInIdOrderAndUsersInTheOrderOfTheShards(TestPipeline pipeline) {
    PCollectionTuple ids = smallSplit(pipeline).apply(IndexIds.create());
    PAssert.that(ids.get(IndexIds.ITEMS))
        .containsInAnyOrder(new IndexEntry(0, "9", 3L), new IndexEntry(1, "10", 1L));
    PAssert.thatSingleton(ids.get(IndexIds.ITEM_IDS)).isEqualTo(List.of("9", "10"));
    PAssert.that(ids.get(IndexIds.USERS))
        .satisfies(
            users -> {
              List<String> byIndex =
                  StreamSupport.stream(users.spliterator(), false)
                      .sorted(Comparator.comparing(user -> user.getValue().getIndex()))
                      .map(user -> user.getValue().getId())
                      .toList();
              assertThat(byIndex)
                  .isEqualTo(
                      List.of("u", "v").stream()
                          .sorted(
                              Comparator.comparing((String user) -> Shards.of(user, 3))
                                  .thenComparing(IdOrder.INSTANCE))
                          .toList());
              assertThat(users)
                  .extracting(user -> user.getValue().getIndex())
                  .containsExactlyInAnyOrder(0, 1);
              return null;
            });
    pipeline.run();
  }

  @Test
  void interactionsRatedTooLowAreDropped(TestPipeline pipeline) {
    PCollectionTuple filtered =
        create(pipeline, List.of(Blocks.of("u a 1 3", "u b 2 4", "u c 3")))
            .apply(FilterInteractions.create().withMinRating(3.5));
    PAssert.that(filtered.get(FilterInteractions.BLOCKS))
        .satisfies(
            blocks -> {
              assertThat(Blocks.lines(blocks)).containsExactly("u b 2 4.0", "u c 3");
              return null;
            });
    PAssert.that(filtered.get(FilterInteractions.COUNTS))
        .containsInAnyOrder(
            List.of(
                KV.of("interactions_read", 3L),
                KV.of("interactions_below_min_rating", 1L),
                KV.of("interactions_with_unknown_item", 0L)));
    pipeline.run();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KEEP", "REJECT"})
  void unknownItemsAreCountedAndRejectedIfSoTold(String choice, TestPipeline pipeline) {
    boolean reject = choice.equals("REJECT");
    PCollectionTuple filtered =
        create(pipeline, List.of(Blocks.of("u a 1", "u b 2")))
            .apply(
                FilterInteractions.create()
                    .withCatalogue(
                        pipeline.apply("Catalogue", Create.of("a", "z")).apply(IdSet.view()),
                        FilterInteractions.UnknownItems.valueOf(choice)));
    PAssert.that(filtered.get(FilterInteractions.REJECTED))
        .satisfies(
            rejected -> {
              assertThat(rejected).hasSize(reject ? 1 : 0);
              return null;
            });
    PAssert.that(filtered.get(FilterInteractions.BLOCKS))
        .satisfies(
            blocks -> {
              assertThat(Blocks.lines(blocks)).hasSize(reject ? 1 : 2);
              return null;
            });
    pipeline.run();
  }
}
