package io.towerbeam.transforms.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.InteractionBlock;
import java.util.List;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class DescribeInteractionsTest {
  private static InteractionBlock first() {
    return new BlockBuilder()
        .add("u", "a", 5, 30)
        .add("u", "b", 4, -7)
        .add("u", "a", 3, 40)
        .add("v", "a", 1, 20)
        .build("", 0, 0, null);
  }

  private static InteractionBlock second() {
    return new BlockBuilder().add("w", "c", 5, 31).add("w", "a", 5, 32).build("", 0, 1, null);
  }

  private static PCollection<DataStatistics> describe(
      TestPipeline pipeline, List<InteractionBlock> blocks) {
    return pipeline
        .apply(Create.of(blocks).withCoder(AvroCoder.specific(InteractionBlock.class)))
        .apply(DescribeInteractions.create());
  }

  @Test
  void blocksAreDescribedTogether(TestPipeline pipeline) {
    PAssert.thatSingleton(describe(pipeline, List.of(first(), second())))
        .satisfies(
            data -> {
              assertThat(data.getInteractions()).isEqualTo(6);
              assertThat(data.getUsers()).isEqualTo(3);
              assertThat(data.getItems()).isEqualTo(3);
              assertThat(data.getFirstTime()).isEqualTo(-7);
              assertThat(data.getLastTime()).isEqualTo(40);
              // v has 1, w 2 and u 3; b and c have 1, a 4
              assertThat(data.getUserActivity()).hasSize(32).startsWith(1L, 2L, 0L);
              assertThat(data.getItemPopularity()).hasSize(32).startsWith(2L, 0L, 1L, 0L);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void nothingIsDescribedToo(TestPipeline pipeline) {
    PAssert.thatSingleton(describe(pipeline, List.of()))
        .satisfies(
            data -> {
              assertThat(data.getInteractions()).isZero();
              assertThat(data.getUsers()).isZero();
              assertThat(data.getFirstTime()).isNull();
              assertThat(data.getLastTime()).isNull();
              assertThat(data.getItemPopularity()).hasSize(32).containsOnly(0L);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }
}
