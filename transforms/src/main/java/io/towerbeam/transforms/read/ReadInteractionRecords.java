package io.towerbeam.transforms.read;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.read.records.RecordPart;
import java.io.IOException;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MetadataCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * As {@link ReadInteractions}, from Avro or Parquet files, of which the columns of the format alone
 * are decoded. Counts {@code interactions_read} and {@code interactions_rejected}.
 *
 * <p>Files are cut where their blocks or row groups begin, and the parts are read independently. A
 * worker holds one block of rows, and of the file a compressed block (Avro) or a page of each
 * column (Parquet), at most 256 MiB unpacked. A block's offset is the byte at which the Avro block
 * of its first row begins, or the first row's number in a Parquet file.
 *
 * <p>Fails with {@link InputException} if no file matches, a file is damaged, lacks a column or has
 * it of another type.
 */
@AutoValue
public abstract class ReadInteractionRecords extends PTransform<PBegin, ReadInteractions.Result> {
  private static final long serialVersionUID = 1;
  private static final long DEFAULT_PART_BYTES = 8L << 20;

  abstract String pattern();

  abstract InteractionRecordFormat format();

  abstract long partBytes();

  /** Reads the files that match {@code pattern}, in parts of about 8 MiB. */
  public static ReadInteractionRecords from(String pattern, InteractionRecordFormat format) {
    return new AutoValue_ReadInteractionRecords(pattern, format, DEFAULT_PART_BYTES);
  }

  /**
   * The same in parts of about {@code bytes}, from 1 up: the smaller, the more workers can share.
   */
  public ReadInteractionRecords withPartBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("part bytes %d: give at least 1".formatted(bytes));
    }
    return new AutoValue_ReadInteractionRecords(pattern(), format(), bytes);
  }

  @Override
  public ReadInteractions.Result expand(PBegin input) {
    PCollectionTuple rows =
        input
            .apply("Pattern", Create.of(pattern()))
            .apply("MatchFiles", ParDo.of(new MatchFilesFn()))
            .setCoder(MetadataCoder.of())
            .apply("SpreadFiles", Reshuffle.viaRandomKey())
            .apply("SplitFiles", ParDo.of(new SplitFileFn(format(), partBytes())))
            .setCoder(SerializableCoder.of(RecordFilePart.class))
            .apply("SpreadParts", Reshuffle.viaRandomKey())
            .apply(
                "ParseParts",
                ParDo.of(new ParsePartFn(format()))
                    .withOutputTags(
                        ReadInteractions.BLOCKS, TupleTagList.of(ReadInteractions.REJECTED)));
    return ReadInteractions.Result.of(rows);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("pattern", pattern()))
        .include("format", format())
        .add(DisplayData.item("partBytes", partBytes()));
  }

  private static final class SplitFileFn extends DoFn<Metadata, RecordFilePart> {
    private static final long serialVersionUID = 1;
    private final InteractionRecordFormat format;
    private final long partBytes;

    SplitFileFn(InteractionRecordFormat format, long partBytes) {
      this.format = format;
      this.partBytes = partBytes;
    }

    @ProcessElement
    public void splitFile(@Element Metadata file, OutputReceiver<RecordFilePart> parts)
        throws IOException {
      RecordFiles.open(
          file.resourceId(),
          file.sizeBytes(),
          format.kind(),
          opened -> {
            format.check(new RecordTable(file.resourceId().toString(), opened.columns()));
            for (RecordPart part : opened.parts(partBytes)) {
              parts.output(new RecordFilePart(file.resourceId(), file.sizeBytes(), part));
            }
          });
    }
  }

  private static final class ParsePartFn extends DoFn<RecordFilePart, InteractionBlock> {
    private static final long serialVersionUID = 1;
    private final Counter rowsRead =
        Metrics.counter(ReadInteractionRecords.class, "interactions_read");
    private final Counter rowsRejected =
        Metrics.counter(ReadInteractionRecords.class, "interactions_rejected");
    private final InteractionRecordFormat format;

    ParsePartFn(InteractionRecordFormat format) {
      this.format = format;
    }

    @ProcessElement
    public void parsePart(@Element RecordFilePart part, MultiOutputReceiver output)
        throws IOException {
      new InteractionRecordParser(
              format,
              part,
              block -> {
                rowsRead.inc(InteractionColumns.rows(block));
                output.get(ReadInteractions.BLOCKS).output(block);
              },
              row -> {
                rowsRejected.inc();
                output.get(ReadInteractions.REJECTED).output(row);
              })
          .parse();
    }
  }
}
