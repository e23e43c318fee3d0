package io.towerbeam.transforms.write;

import com.google.auto.value.AutoValue;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableComparator;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Writes keyed records to Avro files: the key is the file's name in the folder. Records are sorted,
 * so that the same records give the same files, byte for byte, however the runner bundled them.
 *
 * <p>Gives (path, records) of each file once it is there whole. One file's records must fit in a
 * worker's memory. An I/O error fails the bundle, which may be tried again.
 */
@AutoValue
public abstract class WriteShards<T extends SpecificRecord>
    extends PTransform<PCollection<KV<String, T>>, PCollection<KV<String, Long>>> {
  private static final Pattern NAME = Pattern.compile("-(\\d{5})-of-\\d{5}\\.avro$");

  abstract Class<T> type();

  abstract Folder folder();

  abstract SerializableComparator<T> order();

  /**
   * @param order of the records in a file; records that it finds equal must be interchangeable
   */
  public static <T extends SpecificRecord> WriteShards<T> of(
      Class<T> type, Folder folder, SerializableComparator<T> order) {
    return new AutoValue_WriteShards<>(type, folder, order);
  }

  /** The name of a shard's file: {@code prefix-00003-of-00016.avro}. */
  public static String name(String prefix, int shard, int shards) {
    return "%s-%05d-of-%05d.avro".formatted(prefix, shard, shards);
  }

  /**
   * The shard of a file by its {@link #name}.
   *
   * @throws IllegalArgumentException if it is not named so
   */
  public static int shard(String path) {
    Matcher name = NAME.matcher(path);
    if (!name.find()) {
      throw new IllegalArgumentException(path + " is not the file of a shard");
    }
    return Integer.parseInt(name.group(1));
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<KV<String, T>> input) {
    return input
        // (file name, [record])
        .apply("GroupByFile", GroupByKey.create())
        .apply("WriteFile", ParDo.of(new WriteFileFn<>(type(), folder(), order())))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("type", type())).add(DisplayData.item("folder", folder().path()));
  }

  private static final class WriteFileFn<T extends SpecificRecord>
      extends DoFn<KV<String, Iterable<T>>, KV<String, Long>> {
    private final Counter recordsWritten = Metrics.counter(WriteShards.class, "records_written");
    private final Class<T> type;
    private final Folder folder;
    private final SerializableComparator<T> order;

    WriteFileFn(Class<T> type, Folder folder, SerializableComparator<T> order) {
      this.type = type;
      this.folder = folder;
      this.order = order;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<T>> file, OutputReceiver<KV<String, Long>> out)
        throws IOException {
      List<T> records = new ArrayList<>();
      file.getValue().forEach(records::add);
      records.sort(order);
      folder.write(file.getKey(), stream -> AvroFiles.write(stream, type, records));
      recordsWritten.inc(records.size());
      out.output(KV.of(folder.file(file.getKey()), (long) records.size()));
    }
  }
}
