package io.towerbeam.transforms.evaluate;

import static io.towerbeam.transforms.evaluate.Lists.block;
import static io.towerbeam.transforms.evaluate.Lists.list;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class ModelTotalsTest {
  private static final List<Integer> CUTOFFS = List.of(1, 3);

  @Test
  void survivesTheCoderWithEverythingItKnows() throws Exception {
    ModelTotals totals = totals("1", "2", "stranger");
    byte[] bytes = CoderUtils.encodeToByteArray(ModelTotalsCoder.INSTANCE, totals);
    ModelTotals decoded = CoderUtils.decodeFromByteArray(ModelTotalsCoder.INSTANCE, bytes);

    assertThat(decoded.ranking().users()).isEqualTo(2);
    assertThat(decoded.ranking().metrics(9)).isEqualTo(totals.ranking().metrics(9));
    assertThat(decoded.describeFaults()).isEqualTo(totals.describeFaults());
    assertThat(CoderUtils.encodeToByteArray(ModelTotalsCoder.INSTANCE, decoded)).isEqualTo(bytes);
  }

  @Test
  void mergesToTheSameBytesInAnyOrder() throws Exception {
    List<ModelTotals> parts = List.of(totals("1"), totals("2", "y", "x"), totals("z", "10", "9"));
    MergeTotalsFn merge = new MergeTotalsFn(CUTOFFS);
    ModelTotals forward = merge.mergeAccumulators(parts);
    ModelTotals backward =
        merge.mergeAccumulators(List.of(parts.get(2), parts.get(1), parts.get(0)));

    assertThat(CoderUtils.encodeToByteArray(ModelTotalsCoder.INSTANCE, forward))
        .isEqualTo(CoderUtils.encodeToByteArray(ModelTotalsCoder.INSTANCE, backward));
    assertThat(forward.faulty(ListFault.NOT_A_TEST_USER).count()).isEqualTo(5);
    assertThat(forward.faulty(ListFault.NOT_A_TEST_USER).examples())
        .containsExactly("9", "10", "x");
  }

  /** Totals of a shard where 1 and 2 are test users and each of {@code users} has a list. */
  private static ModelTotals totals(String... users) {
    ShardEvaluation shard = new ShardEvaluation(List.of("m"), CUTOFFS);
    shard.addTest(block("1:a", "1:b", "2:c"));
    for (String user : users) {
      shard.addList(list("m", user, "a", "item of " + user));
    }
    return shard.finish().get("m");
  }
}
