package io.towerbeam.transforms.read;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import java.io.IOException;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * The catalogue's items, each id once, and the rows that were not taken. Of rows with equal ids the
 * first is kept, files in name order. Quoted titles may span lines. The release year is a
 * four-digit number in brackets at the end of the title, which keeps it; {@code (no genres listed)}
 * is no category. Counts {@code items_read} and {@code items_rejected}; a catalogue without rows
 * gives nothing.
 *
 * <p>One worker reads the whole catalogue, file after file: it holds the unpacked bytes of the
 * largest file, below 2 GiB, and all ids. That makes it the one gather that finding equal ids needs
 * anyway, and items are few beside interactions.
 *
 * <p>Fails with {@link InputException} if no file matches or a file lacks a column, which {@link
 * InputLayout#check} finds before anything runs.
 */
@AutoValue
public abstract class ReadItems extends PTransform<PBegin, ReadItems.Result> {
  private static final long serialVersionUID = 1;
  static final TupleTag<Item> ITEMS = new TupleTag<>("items") {};
  static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  /**
   * The items, and the rows not taken.
   *
   * @param items each id once
   * @param rejected a record per row not taken
   */
  public record Result(PCollection<Item> items, PCollection<RejectedRecord> rejected)
      implements POutput {
    /** What a step gave under {@link #ITEMS} and {@link #REJECTED}. */
    static Result of(PCollectionTuple rows) {
      return new Result(
          rows.get(ITEMS).setCoder(AvroCoder.specific(Item.class)),
          rows.get(REJECTED).setCoder(AvroCoder.specific(RejectedRecord.class)));
    }

    @Override
    public Pipeline getPipeline() {
      return items.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return Map.of(ITEMS, items, REJECTED, rejected);
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }

  abstract String pattern();

  abstract ItemFormat format();

  /** Reads the files that match {@code pattern}. */
  public static ReadItems from(String pattern, ItemFormat format) {
    return new AutoValue_ReadItems(pattern, format);
  }

  @Override
  public Result expand(PBegin input) {
    PCollectionTuple rows =
        input
            .apply("Pattern", Create.of(pattern()))
            .apply(
                "ParseCatalogue",
                ParDo.of(new ParseCatalogueFn(format()))
                    .withOutputTags(ITEMS, TupleTagList.of(REJECTED)));
    return Result.of(rows);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("pattern", pattern())).include("format", format());
  }

  private static final class ParseCatalogueFn extends DoFn<String, Item> {
    private static final long serialVersionUID = 1;
    private final Counter itemsRead = Metrics.counter(ReadItems.class, "items_read");
    private final Counter itemsRejected = Metrics.counter(ReadItems.class, "items_rejected");
    private final ItemFormat format;

    ParseCatalogueFn(ItemFormat format) {
      this.format = format;
    }

    @ProcessElement
    public void parseCatalogue(@Element String pattern, MultiOutputReceiver output)
        throws IOException {
      CatalogueParser parser =
          new CatalogueParser(
              format,
              item -> {
                itemsRead.inc();
                output.get(ITEMS).output(item);
              },
              row -> {
                itemsRejected.inc();
                output.get(REJECTED).output(row);
              });
      for (Metadata file : InputFiles.match(pattern)) {
        parser.parse(file.resourceId());
      }
    }
  }
}
