package io.towerbeam.transforms.prepare;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.files.BlockCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The rows of blocks whose time is after a threshold, in their shards and places and with their
 * exclusion; blocks without such rows are left out. Of what {@link WarmSplit} excluded, these are
 * the rows that lists can be judged by.
 */
@AutoValue
public abstract class RowsAfter
    extends PTransform<PCollection<InteractionBlock>, PCollection<InteractionBlock>> {
  abstract PCollectionView<Long> threshold();

  /**
   * @param threshold in seconds since the epoch
   */
  public static RowsAfter of(PCollectionView<Long> threshold) {
    return new AutoValue_RowsAfter(threshold);
  }

  @Override
  public PCollection<InteractionBlock> expand(PCollection<InteractionBlock> blocks) {
    return blocks
        .apply("KeepLater", ParDo.of(new KeepLaterFn(threshold())).withSideInputs(threshold()))
        .setCoder(BlockCoder.of());
  }

  private static final class KeepLaterFn extends DoFn<InteractionBlock, InteractionBlock> {
    private final PCollectionView<Long> threshold;

    KeepLaterFn(PCollectionView<Long> threshold) {
      this.threshold = threshold;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      InteractionBlock block = context.element();
      long last = context.sideInput(threshold);
      InteractionColumns rows = InteractionColumns.of(block);
      BlockBuilder later = new BlockBuilder();
      for (int row = 0; row < rows.rows(); row++) {
        if (rows.times()[row] > last) {
          later.add(rows, row);
        }
      }
      if (later.rows() > 0) {
        context.output(
            later.build(
                block.getSource(), block.getOffset(), block.getShard(), block.getExclusion()));
      }
    }
  }
}
