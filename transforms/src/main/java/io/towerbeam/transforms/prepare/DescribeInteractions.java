package io.towerbeam.transforms.prepare;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.ml.statistics.InteractionSummary;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.files.BlockCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * What all interactions are like: their number, users, items, times and how they are spread. Takes
 * blocks in which users stand whole, as {@link ShardByUser} gives them. Gives one element, also of
 * no interactions; what was read and left out before is nought in it.
 *
 * <p>Spread over workers by block. A count per item must fit in memory.
 */
public final class DescribeInteractions
    extends PTransform<PCollection<InteractionBlock>, PCollection<DataStatistics>> {
  private DescribeInteractions() {}

  /** Describes all interactions. */
  public static DescribeInteractions create() {
    return new DescribeInteractions();
  }

  @Override
  public PCollection<DataStatistics> expand(PCollection<InteractionBlock> blocks) {
    // a block of no rows, so that there is one summary at least
    PCollection<InteractionBlock> noRows =
        blocks
            .getPipeline()
            .apply(
                "NoRows",
                Create.of(new BlockBuilder().build("", 0, 0, null)).withCoder(BlockCoder.of()));
    return PCollectionList.of(blocks)
        .and(noRows)
        .apply("OrNone", Flatten.pCollections())
        .apply("Summarize", Combine.globally(new SummarizeFn()).withoutDefaults())
        .setCoder(AvroCoder.specific(DataStatistics.class));
  }

  private static final class SummarizeFn
      extends Combine.CombineFn<InteractionBlock, InteractionSummary, DataStatistics> {
    @Override
    public InteractionSummary createAccumulator() {
      return new InteractionSummary();
    }

    @Override
    public InteractionSummary addInput(InteractionSummary summary, InteractionBlock block) {
      summary.add(InteractionColumns.of(block));
      return summary;
    }

    @Override
    public InteractionSummary mergeAccumulators(Iterable<InteractionSummary> summaries) {
      InteractionSummary sum = createAccumulator();
      summaries.forEach(sum::add);
      return sum;
    }

    @Override
    public DataStatistics extractOutput(InteractionSummary summary) {
      return summary.statistics();
    }

    @Override
    public Coder<InteractionSummary> getAccumulatorCoder(
        CoderRegistry registry, Coder<InteractionBlock> inputCoder) {
      return SummaryCoder.of();
    }

    @Override
    public Coder<DataStatistics> getDefaultOutputCoder(
        CoderRegistry registry, Coder<InteractionBlock> inputCoder) {
      return AvroCoder.specific(DataStatistics.class);
    }
  }
}
