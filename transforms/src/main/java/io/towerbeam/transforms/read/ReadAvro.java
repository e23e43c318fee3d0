package io.towerbeam.transforms.read;

import com.google.auto.value.AutoValue;
import io.towerbeam.transforms.files.AvroFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileIO.ReadableFile;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * The records of the Avro files that a run has written, by the current schema; none if no file
 * matches. Spread over workers by file, and streamed from each. A file of other records fails the
 * pipeline.
 */
@AutoValue
public abstract class ReadAvro<T extends SpecificRecord>
    extends PTransform<PBegin, PCollection<T>> {
  abstract Class<T> type();

  abstract String filePattern();

  /** Reads the files that match. */
  public static <T extends SpecificRecord> ReadAvro<T> of(Class<T> type, String filePattern) {
    return new AutoValue_ReadAvro<>(type, filePattern);
  }

  @Override
  public PCollection<T> expand(PBegin begin) {
    return begin
        .apply(
            "MatchFiles",
            FileIO.match()
                .filepattern(filePattern())
                .withEmptyMatchTreatment(EmptyMatchTreatment.ALLOW))
        .apply("OpenFiles", FileIO.readMatches())
        .apply("ReadFiles", ParDo.of(new ReadFileFn<>(type())))
        .setCoder(AvroCoder.specific(type()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("type", type()))
        .add(DisplayData.item("filePattern", filePattern()));
  }

  private static final class ReadFileFn<T extends SpecificRecord> extends DoFn<ReadableFile, T> {
    private final Class<T> type;

    ReadFileFn(Class<T> type) {
      this.type = type;
    }

    @ProcessElement
    public void process(@Element ReadableFile file, OutputReceiver<T> out) throws IOException {
      try (InputStream in = Channels.newInputStream(file.open())) {
        AvroFiles.read(in, type, out::output);
      }
    }
  }
}
