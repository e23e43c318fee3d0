package io.towerbeam.transforms.evaluate;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.WholeFile;
import io.towerbeam.transforms.read.records.AvroCodec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.file.DataFileConstants;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileIO.ReadableFile;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Top-K lists from files, ours or another system's: the lists at {@link #RECOMMENDATIONS}, rows
 * that were not taken at {@link #REJECTED}.
 *
 * <p>A file is told by its first bytes: Avro of our schema, else CSV in UTF-8 with a header that
 * has {@code user_id}, {@code rank} (1 is best), {@code item_id} and maybe {@code score} and {@code
 * model}. Rows are grouped by model and user and sorted by rank within one file, so all rows of a
 * list must stand in one; a row is rejected if a field is missing, its rank is not a positive whole
 * number, or the list has that rank already. Compressed files are told by their suffix. A file with
 * a header alone gives no lists.
 *
 * <p>The pipeline fails if no file matches, a header lacks a column, or an Avro file is damaged or
 * of another schema.
 *
 * <p>Spread over workers by file. A worker holds a CSV file whole, up to a quarter of its memory
 * and 2 GiB, and its rows beside it; Avro is streamed, by blocks of at most 256 MiB unpacked.
 */
@AutoValue
public abstract class ReadRecommendations extends PTransform<PBegin, PCollectionTuple> {
  /** A list per model, user and file. */
  public static final TupleTag<Recommendation> RECOMMENDATIONS = new TupleTag<>() {};

  /** The rows of CSV files that were not taken; stage {@code ReadRecommendations}. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>() {};

  abstract String filePattern();

  abstract Optional<String> modelName();

  /**
   * Reads the files that match.
   *
   * @throws IllegalArgumentException if the pattern is blank
   */
  public static ReadRecommendations from(String filePattern) {
    return new AutoValue_ReadRecommendations(
        requireText("file pattern", filePattern), Optional.empty());
  }

  /**
   * The model of CSV rows that name none. Without this it is the file's name without extension:
   * {@code ease} for {@code lists/ease.csv.gz}.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public ReadRecommendations withModelName(String modelName) {
    return new AutoValue_ReadRecommendations(
        filePattern(), Optional.of(requireText("model name", modelName)));
  }

  @Override
  public PCollectionTuple expand(PBegin input) {
    PCollectionTuple outputs =
        input
            .apply(
                "MatchFiles",
                FileIO.match()
                    .filepattern(filePattern())
                    .withEmptyMatchTreatment(EmptyMatchTreatment.DISALLOW))
            .apply("OpenFiles", FileIO.readMatches())
            .apply(
                "ReadFiles",
                ParDo.of(new ReadFileFn(modelName().orElse(null)))
                    .withOutputTags(RECOMMENDATIONS, TupleTagList.of(REJECTED)));
    outputs.get(RECOMMENDATIONS).setCoder(AvroCoder.specific(Recommendation.class));
    outputs.get(REJECTED).setCoder(AvroCoder.specific(RejectedRecord.class));
    return outputs;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("filePattern", filePattern()).withLabel("Files to read"))
        .addIfNotNull(
            DisplayData.item("modelName", modelName().orElse(null))
                .withLabel("Model of rows that name none"));
  }

  private static String requireText(String setting, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("%s is blank; it must name something".formatted(setting));
    }
    return value;
  }

  /** The lists and the rejected rows of a file. */
  private static final class ReadFileFn extends DoFn<ReadableFile, Recommendation> {
    private final Counter listsRead = Metrics.counter(ReadRecommendations.class, "lists_read");
    private final Counter rowsRejected =
        Metrics.counter(ReadRecommendations.class, "rows_rejected");
    private final String modelName;

    ReadFileFn(String modelName) {
      this.modelName = modelName;
    }

    @ProcessElement
    public void process(@Element ReadableFile file, MultiOutputReceiver outputs)
        throws IOException {
      try (InputStream in = new BufferedInputStream(Channels.newInputStream(file.open()))) {
        if (isAvro(in)) {
          readAvro(file, in, outputs.get(RECOMMENDATIONS));
        } else {
          readCsv(file, in, outputs);
        }
      }
    }

    private static boolean isAvro(InputStream in) throws IOException {
      in.mark(DataFileConstants.MAGIC.length);
      byte[] start = in.readNBytes(DataFileConstants.MAGIC.length);
      in.reset();
      return Arrays.equals(start, DataFileConstants.MAGIC);
    }

    private void readAvro(ReadableFile file, InputStream in, OutputReceiver<Recommendation> lists)
        throws IOException {
      try {
        AvroFiles.read(
            in,
            Recommendation.class,
            codec -> AvroCodec.of(codec)::unpack,
            list -> {
              lists.output(list);
              listsRead.inc();
            });
      } catch (IOException e) {
        String id = file.getMetadata().resourceId().toString();
        throw new IOException(
            "recommendations cannot be read from %s: %s".formatted(id, e.getMessage()), e);
      }
    }

    private void readCsv(ReadableFile file, InputStream in, MultiOutputReceiver outputs)
        throws IOException {
      ResourceId id = file.getMetadata().resourceId();
      RecommendationCsv csv =
          RecommendationCsv.read(
              WholeFile.read(in, id.toString(), WholeFile.mostBytes()),
              id.toString(),
              file.getCompression() != Compression.UNCOMPRESSED,
              modelName == null ? nameWithoutExtension(id.getFilename()) : modelName);
      List<Recommendation> lists = csv.lists();
      lists.forEach(outputs.get(RECOMMENDATIONS)::output);
      csv.rejected().forEach(outputs.get(REJECTED)::output);
      listsRead.inc(lists.size());
      rowsRejected.inc(csv.rejected().size());
    }

    private static String nameWithoutExtension(String filename) {
      boolean compressed = Compression.detect(filename) != Compression.UNCOMPRESSED;
      String name = compressed ? withoutLastExtension(filename) : filename;
      return withoutLastExtension(name);
    }

    private static String withoutLastExtension(String filename) {
      int dot = filename.lastIndexOf('.');
      return dot > 0 ? filename.substring(0, dot) : filename;
    }
  }
}
