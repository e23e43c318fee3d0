package io.towerbeam.transforms.read;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * As {@link ReadInteractions}, from the rows of a table: gathers them into blocks of up to 32,768
 * rows, by the rules that hold for files too. Each row is in exactly one of the two outputs. Counts
 * {@code interactions_read} and {@code interactions_rejected}.
 *
 * <p>A table has no order, so that which rows share a block, and how many blocks there are, is up
 * to the runner; what is made of blocks does not depend on it. Their offset, and that of rows that
 * were not taken, is -1. A worker holds one block for each bundle that it is at. No rows give
 * nothing.
 */
@AutoValue
public abstract class GatherInteractions
    extends PTransform<PCollection<InteractionRow>, ReadInteractions.Result> {
  private static final long serialVersionUID = 1;
  private static final int NOWHERE = -1;

  abstract InteractionTableFormat format();

  /** Gathers the rows of a table. */
  public static GatherInteractions of(InteractionTableFormat format) {
    return new AutoValue_GatherInteractions(format);
  }

  @Override
  public ReadInteractions.Result expand(PCollection<InteractionRow> rows) {
    return ReadInteractions.Result.of(
        rows.apply(
            "GatherBlocks",
            ParDo.of(new GatherFn(format()))
                .withOutputTags(
                    ReadInteractions.BLOCKS, TupleTagList.of(ReadInteractions.REJECTED))));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.include("format", format());
  }

  private static final class GatherFn extends DoFn<InteractionRow, InteractionBlock> {
    private static final long serialVersionUID = 1;
    private static final String STAGE = GatherInteractions.class.getSimpleName();
    private static final int USER = 0;
    private static final int ITEM = 1;
    private static final int TIME = 2;
    private static final int RATING = 3;

    private final Counter rowsRead = Metrics.counter(GatherInteractions.class, "interactions_read");
    private final Counter rowsRejected =
        Metrics.counter(GatherInteractions.class, "interactions_rejected");
    private final InteractionTableFormat format;
    private transient RecordValues values;
    private transient BlockBuilder block;

    GatherFn(InteractionTableFormat format) {
      this.format = format;
    }

    @StartBundle
    public void startBundle() {
      values = new RecordValues(format.columns());
      block = new BlockBuilder();
    }

    @ProcessElement
    public void add(@Element InteractionRow row, MultiOutputReceiver output) {
      values.set(
          format.hasRating()
              ? new Object[] {row.user(), row.item(), row.time(), row.rating()}
              : new Object[] {row.user(), row.item(), row.time()});
      try {
        block.add(
            values.id(USER),
            values.id(ITEM),
            format.hasRating() ? values.rating(RATING) : Float.NaN,
            values.seconds(TIME, format.timeUnit()));
      } catch (RowFault fault) {
        rowsRejected.inc();
        output
            .get(ReadInteractions.REJECTED)
            .output(values.rejected(fault, STAGE, format.table(), NOWHERE));
        return;
      }
      rowsRead.inc();
      if (block.rows() == InteractionColumns.MAX_ROWS) {
        output.get(ReadInteractions.BLOCKS).output(build());
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      if (block.rows() > 0) {
        context.output(
            ReadInteractions.BLOCKS,
            build(),
            GlobalWindow.INSTANCE.maxTimestamp(),
            GlobalWindow.INSTANCE);
      }
    }

    private InteractionBlock build() {
      return block.build(format.table(), NOWHERE, -1, null);
    }
  }
}
