package io.towerbeam.transforms.prepare;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import io.towerbeam.transforms.files.BlockCoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Drops interactions rated too low, and finds those whose item the catalogue does not know: they
 * are counted and, if so told, rejected. Works on blocks of any origin; the catalogue's ids must
 * fit in memory. An interaction without a rating is never too low.
 */
@AutoValue
public abstract class FilterInteractions
    extends PTransform<PCollection<InteractionBlock>, PCollectionTuple> {
  /** The blocks that stay, with their source and offset. */
  public static final TupleTag<InteractionBlock> BLOCKS = new TupleTag<>("blocks") {};

  /** Interactions with unknown items, if these are rejected. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  /**
   * Counts by name: {@code interactions_read}, {@code interactions_below_min_rating}, {@code
   * interactions_with_unknown_item}.
   */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  /** What becomes of an interaction whose item the catalogue does not know. */
  public enum UnknownItems {
    KEEP,
    REJECT
  }

  abstract @Nullable Double minRating();

  abstract UnknownItems unknownItems();

  abstract @Nullable PCollectionView<Map<String, Boolean>> catalogue();

  /** Lets everything pass. */
  public static FilterInteractions create() {
    return new AutoValue_FilterInteractions(null, UnknownItems.KEEP, null);
  }

  /** Drops interactions rated lower than this. */
  public FilterInteractions withMinRating(double minRating) {
    return new AutoValue_FilterInteractions(minRating, unknownItems(), catalogue());
  }

  /** Looks for items that are not among the keys of {@code catalogue}. */
  public FilterInteractions withCatalogue(
      PCollectionView<Map<String, Boolean>> catalogue, UnknownItems unknownItems) {
    return new AutoValue_FilterInteractions(minRating(), unknownItems, catalogue);
  }

  @Override
  public PCollectionTuple expand(PCollection<InteractionBlock> blocks) {
    ParDo.SingleOutput<InteractionBlock, InteractionBlock> filter =
        ParDo.of(new FilterFn(minRating(), unknownItems(), catalogue()));
    if (catalogue() != null) {
      filter = filter.withSideInputs(catalogue());
    }
    PCollectionTuple filtered =
        blocks.apply(
            "Filter", filter.withOutputTags(BLOCKS, TupleTagList.of(List.of(REJECTED, COUNTS))));
    filtered.get(BLOCKS).setCoder(BlockCoder.of());
    filtered.get(REJECTED).setCoder(AvroCoder.specific(RejectedRecord.class));
    filtered.get(COUNTS).setCoder(Counts.CODER);
    return filtered;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .addIfNotNull(DisplayData.item("minRating", minRating()))
        .add(DisplayData.item("unknownItems", unknownItems().name()));
  }

  private static final class FilterFn extends DoFn<InteractionBlock, InteractionBlock> {
    private final @Nullable Double minRating;
    private final UnknownItems unknownItems;
    private final @Nullable PCollectionView<Map<String, Boolean>> catalogue;

    FilterFn(
        @Nullable Double minRating,
        UnknownItems unknownItems,
        @Nullable PCollectionView<Map<String, Boolean>> catalogue) {
      this.minRating = minRating;
      this.unknownItems = unknownItems;
      this.catalogue = catalogue;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      InteractionBlock block = context.element();
      InteractionColumns rows = InteractionColumns.of(block);
      boolean[] isUnknown = unknown(rows, context);
      BlockBuilder kept = new BlockBuilder();
      long low = 0;
      long unknown = 0;
      for (int row = 0; row < rows.rows(); row++) {
        if (minRating != null && rows.ratings()[row] < minRating) {
          low++;
          continue;
        }
        if (isUnknown[rows.items()[row]]) {
          unknown++;
          if (unknownItems == UnknownItems.REJECT) {
            context.output(REJECTED, rejected(block, rows, row));
            continue;
          }
        }
        kept.add(rows, row);
      }
      context.output(COUNTS, KV.of("interactions_read", (long) rows.rows()));
      context.output(COUNTS, KV.of("interactions_below_min_rating", low));
      context.output(COUNTS, KV.of("interactions_with_unknown_item", unknown));
      if (kept.rows() == rows.rows()) {
        context.output(block);
      } else if (kept.rows() > 0) {
        context.output(kept.build(block.getSource(), block.getOffset(), -1, null));
      }
    }

    private boolean[] unknown(InteractionColumns rows, ProcessContext context) {
      boolean[] isUnknown = new boolean[rows.itemIds().size()];
      if (catalogue != null) {
        Map<String, Boolean> known = context.sideInput(catalogue);
        for (int item = 0; item < isUnknown.length; item++) {
          isUnknown[item] = !known.containsKey(rows.itemIds().get(item));
        }
      }
      return isUnknown;
    }

    private static RejectedRecord rejected(
        InteractionBlock block, InteractionColumns rows, int row) {
      String text =
          "%s,%s,%s,%d"
              .formatted(
                  rows.userId(row), rows.itemId(row), rows.ratings()[row], rows.times()[row]);
      return RejectedRecord.newBuilder()
          .setStage("FilterInteractions")
          .setReason(RejectionReason.UNKNOWN_ITEM)
          .setMessage("item " + rows.itemId(row) + " is not in the catalogue")
          .setPayload(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
          .setSource(block.getSource())
          .setOffset(-1)
          .build();
    }
  }
}
