package io.towerbeam.transforms.read;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.Interaction;
import io.towerbeam.schemas.InteractionBlock;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * One {@link Interaction} per row of the blocks, for those who want to work on rows: handier, and
 * about a microsecond per row and step dearer than blocks. A rating of NaN becomes null. No blocks,
 * no rows.
 */
@AutoValue
public abstract class ExpandInteractions
    extends PTransform<PCollection<InteractionBlock>, PCollection<Interaction>> {
  private static final long serialVersionUID = 1;

  /** The transform, which has no settings. */
  public static ExpandInteractions create() {
    return new AutoValue_ExpandInteractions();
  }

  @Override
  public PCollection<Interaction> expand(PCollection<InteractionBlock> blocks) {
    return blocks
        .apply("ExpandBlocks", ParDo.of(new ExpandBlockFn()))
        .setCoder(AvroCoder.specific(Interaction.class));
  }

  private static final class ExpandBlockFn extends DoFn<InteractionBlock, Interaction> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void expandBlock(@Element InteractionBlock block, OutputReceiver<Interaction> rows) {
      InteractionColumns columns = InteractionColumns.of(block);
      for (int row = 0; row < columns.rows(); row++) {
        float rating = columns.ratings()[row];
        rows.output(
            new Interaction(
                columns.userId(row),
                columns.itemId(row),
                Float.isNaN(rating) ? null : (Float) rating,
                columns.times()[row]));
      }
    }
  }
}
