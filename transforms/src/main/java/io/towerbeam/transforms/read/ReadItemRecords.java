package io.towerbeam.transforms.read;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.Item;
import java.io.IOException;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * As {@link ReadItems}, from Avro or Parquet files. Categories are a list of texts, or one text
 * with {@code |} between them; columns that are neither plain values nor lists of texts are left
 * out. Counts {@code items_read} and {@code items_rejected}.
 *
 * <p>One worker reads the whole catalogue, file after file: it holds all ids, and of a file a
 * compressed block (Avro) or a page of each column (Parquet).
 *
 * <p>Fails with {@link InputException} if no file matches, a file is damaged, lacks a column or has
 * it of another type.
 */
@AutoValue
public abstract class ReadItemRecords extends PTransform<PBegin, ReadItems.Result> {
  private static final long serialVersionUID = 1;

  abstract String pattern();

  abstract ItemRecordFormat format();

  /** Reads the files that match {@code pattern}. */
  public static ReadItemRecords from(String pattern, ItemRecordFormat format) {
    return new AutoValue_ReadItemRecords(pattern, format);
  }

  @Override
  public ReadItems.Result expand(PBegin input) {
    PCollectionTuple rows =
        input
            .apply("Pattern", Create.of(pattern()))
            .apply(
                "ParseCatalogue",
                ParDo.of(new ParseCatalogueFn(format()))
                    .withOutputTags(ReadItems.ITEMS, TupleTagList.of(ReadItems.REJECTED)));
    return ReadItems.Result.of(rows);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("pattern", pattern())).include("format", format());
  }

  private static final class ParseCatalogueFn extends DoFn<String, Item> {
    private static final long serialVersionUID = 1;
    private final Counter itemsRead = Metrics.counter(ReadItemRecords.class, "items_read");
    private final Counter itemsRejected = Metrics.counter(ReadItemRecords.class, "items_rejected");
    private final ItemRecordFormat format;

    ParseCatalogueFn(ItemRecordFormat format) {
      this.format = format;
    }

    @ProcessElement
    public void parseCatalogue(@Element String pattern, MultiOutputReceiver output)
        throws IOException {
      ItemRecordParser parser =
          new ItemRecordParser(
              format,
              item -> {
                itemsRead.inc();
                output.get(ReadItems.ITEMS).output(item);
              },
              row -> {
                itemsRejected.inc();
                output.get(ReadItems.REJECTED).output(row);
              });
      for (Metadata file : InputFiles.match(pattern)) {
        parser.parse(file);
      }
    }
  }
}
