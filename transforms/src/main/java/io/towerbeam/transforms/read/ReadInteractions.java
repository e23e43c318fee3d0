package io.towerbeam.transforms.read;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.files.BlockCoder;
import java.io.IOException;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
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
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * The rows of interaction logs as blocks of up to 32,768 rows in file order, and the rows that were
 * not taken. Each line is in exactly one of the two, whatever the range size and however the rows
 * are spread over files; a file without rows gives nothing. Counts {@code interactions_read} and
 * {@code interactions_rejected}.
 *
 * <p>Files are cut into byte ranges, which workers parse independently; compressed files, and those
 * of a store that cannot be entered in the middle, go whole. A block's offset counts unpacked
 * bytes. A worker holds one block and 256 KiB of text per range. A newline inside quotes is not
 * allowed, since a range could begin behind it.
 *
 * <p>Fails with {@link InputException} if no file matches or a file lacks a column, which {@link
 * InputLayout#check} finds before anything runs.
 */
@AutoValue
public abstract class ReadInteractions extends PTransform<PBegin, ReadInteractions.Result> {
  private static final long serialVersionUID = 1;
  private static final long DEFAULT_RANGE_BYTES = 8L << 20;
  static final TupleTag<InteractionBlock> BLOCKS = new TupleTag<>("blocks") {};
  static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  /**
   * The rows, and the rows not taken.
   *
   * @param blocks blocks that are not sharded yet, with file and offset
   * @param rejected a record per row not taken
   */
  public record Result(PCollection<InteractionBlock> blocks, PCollection<RejectedRecord> rejected)
      implements POutput {
    /** What a step gave under {@link #BLOCKS} and {@link #REJECTED}. */
    static Result of(PCollectionTuple rows) {
      return new Result(
          rows.get(BLOCKS).setCoder(BlockCoder.of()),
          rows.get(REJECTED).setCoder(AvroCoder.specific(RejectedRecord.class)));
    }

    @Override
    public Pipeline getPipeline() {
      return blocks.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return Map.of(BLOCKS, blocks, REJECTED, rejected);
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }

  abstract String pattern();

  abstract InteractionFormat format();

  abstract long rangeBytes();

  /** Reads the files that match {@code pattern}, in ranges of 8 MiB. */
  public static ReadInteractions from(String pattern, InteractionFormat format) {
    return new AutoValue_ReadInteractions(pattern, format, DEFAULT_RANGE_BYTES);
  }

  /** The same in ranges of {@code bytes}, from 1 up: the smaller, the more workers can share. */
  public ReadInteractions withRangeBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("range bytes %d: give at least 1".formatted(bytes));
    }
    return new AutoValue_ReadInteractions(pattern(), format(), bytes);
  }

  @Override
  public Result expand(PBegin input) {
    PCollectionTuple rows =
        input
            .apply("Pattern", Create.of(pattern()))
            .apply("MatchFiles", ParDo.of(new MatchFilesFn()))
            .setCoder(MetadataCoder.of())
            .apply("SpreadFiles", Reshuffle.viaRandomKey())
            .apply("SplitFiles", ParDo.of(new SplitFileFn(format(), rangeBytes())))
            .setCoder(SerializableCoder.of(FileRange.class))
            .apply("SpreadRanges", Reshuffle.viaRandomKey())
            .apply(
                "ParseRanges",
                ParDo.of(new ParseRangeFn(format()))
                    .withOutputTags(BLOCKS, TupleTagList.of(REJECTED)));
    return Result.of(rows);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("pattern", pattern()))
        .include("format", format())
        .add(DisplayData.item("rangeBytes", rangeBytes()));
  }

  private static final class SplitFileFn extends DoFn<Metadata, FileRange> {
    private static final long serialVersionUID = 1;
    private final InteractionFormat format;
    private final long rangeBytes;

    SplitFileFn(InteractionFormat format, long rangeBytes) {
      this.format = format;
      this.rangeBytes = rangeBytes;
    }

    @ProcessElement
    public void splitFile(@Element Metadata file, OutputReceiver<FileRange> ranges)
        throws IOException {
      TableStart table = TableStart.read(file.resourceId(), format.text());
      FileRange.split(file, table, rangeBytes).forEach(ranges::output);
    }
  }

  private static final class ParseRangeFn extends DoFn<FileRange, InteractionBlock> {
    private static final long serialVersionUID = 1;
    private final Counter rowsRead = Metrics.counter(ReadInteractions.class, "interactions_read");
    private final Counter rowsRejected =
        Metrics.counter(ReadInteractions.class, "interactions_rejected");
    private final InteractionFormat format;

    ParseRangeFn(InteractionFormat format) {
      this.format = format;
    }

    @ProcessElement
    public void parseRange(@Element FileRange range, MultiOutputReceiver output)
        throws IOException {
      new RangeParser(
              format,
              range,
              block -> {
                rowsRead.inc(InteractionColumns.rows(block));
                output.get(BLOCKS).output(block);
              },
              row -> {
                rowsRejected.inc();
                output.get(REJECTED).output(row);
              })
          .parse();
    }
  }
}
