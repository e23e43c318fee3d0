package io.towerbeam.transforms.evaluate;

import static io.towerbeam.transforms.evaluate.Lists.block;
import static io.towerbeam.transforms.evaluate.Lists.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.metrics.ItemPopularity;
import io.towerbeam.ml.metrics.Resampling;
import io.towerbeam.schemas.ExclusionReason;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class ModelTotalsTest {
  private static final EvaluationSettings SETTINGS =
      new EvaluationSettings(List.of(1, 3), new Resampling(7, 42));
  private static final ModelTotalsCoder CODER = ModelTotalsCoder.of(SETTINGS);

  @Test
  void survivesTheCoderWithEverythingItKnows() throws Exception {
    ModelTotals totals = totals("1", "2", "3", "stranger");
    byte[] bytes = CoderUtils.encodeToByteArray(CODER, totals);
    ModelTotals decoded = CoderUtils.decodeFromByteArray(CODER, bytes);

    assertThat(decoded.segments()).containsOnlyKeys("all", "cold_users");
    SegmentTotals all = decoded.segments().get("all");
    assertThat(all.ranking().users()).isEqualTo(2);
    assertThat(all.ranking().metrics(9))
        .isEqualTo(totals.segments().get("all").ranking().metrics(9));
    assertThat(all.bootstrap().means(0))
        .isEqualTo(totals.segments().get("all").bootstrap().means(0));
    assertThat(decoded.incomplete()).containsExactly("cold_users");
    assertThat(decoded.describeFaults()).isEqualTo(totals.describeFaults());
    assertThat(CoderUtils.encodeToByteArray(CODER, decoded)).isEqualTo(bytes);
  }

  @Test
  void mergesToTheSameBytesInAnyOrder() throws Exception {
    List<ModelTotals> parts = List.of(totals("1"), totals("2", "y", "x"), totals("z", "10", "9"));
    MergeTotalsFn merge = new MergeTotalsFn(SETTINGS);
    ModelTotals forward = merge.mergeAccumulators(parts);
    ModelTotals backward =
        merge.mergeAccumulators(List.of(parts.get(2), parts.get(1), parts.get(0)));

    assertThat(CoderUtils.encodeToByteArray(CODER, forward))
        .isEqualTo(CoderUtils.encodeToByteArray(CODER, backward));
    assertThat(forward.faulty(ListFault.NOT_A_TEST_USER).count()).isEqualTo(5);
    assertThat(forward.faulty(ListFault.NOT_A_TEST_USER).examples())
        .containsExactly("9", "10", "x");
  }

  /**
   * Totals of a shard where 1 and 2 are test users, 3 and 4 are unknown in train, and each of
   * {@code users} has a list.
   */
  private static ModelTotals totals(String... users) {
    ShardEvaluation shard =
        new ShardEvaluation(List.of("m"), SETTINGS, ItemPopularity.of(Map.of()));
    shard.addJudged(block("1:a", "1:b", "2:c"));
    shard.addJudged(Lists.excluded(ExclusionReason.COLD_USER, "3:a", "4:b"));
    for (String user : users) {
      shard.addList(list("m", user, "a", "item of " + user));
    }
    return shard.finish().get("m");
  }
}
