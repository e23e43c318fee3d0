package io.towerbeam.transforms.write;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.OutputFile;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Copies files of one folder to another, under the same names and byte for byte, whatever the
 * stores are. Spread over workers by file; what is there already is replaced, so that a repeated
 * bundle does no harm.
 *
 * <p>Gives (path, bytes) of each copy once it is there whole. A file that is gone or has another
 * length than it should fails the bundle.
 */
@AutoValue
public abstract class CopyFiles extends PTransform<PBegin, PCollection<KV<String, Long>>> {
  abstract Folder from();

  abstract Folder to();

  abstract List<OutputFile> files();

  /**
   * @param files by paths relative to both folders
   */
  public static CopyFiles of(Folder from, Folder to, List<OutputFile> files) {
    return new AutoValue_CopyFiles(from, to, List.copyOf(files));
  }

  @Override
  public PCollection<KV<String, Long>> expand(PBegin begin) {
    return begin
        .apply("Files", Create.of(files()).withCoder(AvroCoder.specific(OutputFile.class)))
        .apply("SpreadFiles", Reshuffle.viaRandomKey())
        .apply("Copy", ParDo.of(new CopyFn(from(), to())))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("from", from().path()))
        .add(DisplayData.item("to", to().path()))
        .add(DisplayData.item("files", files().size()));
  }

  private static final class CopyFn extends DoFn<OutputFile, KV<String, Long>> {
    private final Folder from;
    private final Folder to;

    CopyFn(Folder from, Folder to) {
      this.from = from;
      this.to = to;
    }

    @ProcessElement
    public void process(@Element OutputFile file, OutputReceiver<KV<String, Long>> copied)
        throws IOException {
      to.write(
          file.getPath(),
          out -> {
            try (InputStream in = from.open(file.getPath())) {
              long bytes = in.transferTo(out);
              if (bytes != file.getBytes()) {
                throw new IOException(
                    "%s has %d bytes, not %d: it was written anew"
                        .formatted(from.file(file.getPath()), bytes, file.getBytes()));
              }
            }
          });
      copied.output(KV.of(to.file(file.getPath()), file.getBytes()));
    }
  }
}
