package io.towerbeam.transforms.read.records;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.xerial.snappy.Snappy;

/** Writes Parquet files by the format's own library. */
public final class ParquetFiles {
  private ParquetFiles() {}

  /** Fills in one row. */
  @FunctionalInterface
  public interface Row {
    void fill(Group row);
  }

  /** Plain, in row groups as the library likes them. */
  public static Path write(Path file, String schema, List<Row> rows) throws IOException {
    return write(file, schema, rows, writer -> writer);
  }

  /** With settings of the writer. */
  public static Path write(
      Path file, String schema, List<Row> rows, UnaryOperator<Builder> settings)
      throws IOException {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    Builder builder = new Builder(new LocalOutputFile(file), type);
    try (ParquetWriter<Group> writer = settings.apply(builder).build()) {
      for (Row row : rows) {
        Group group = new SimpleGroup(type);
        row.fill(group);
        writer.write(group);
      }
    }
    return file;
  }

  /** Makes writers. */
  public static final class Builder extends ParquetWriter.Builder<Group, Builder> {
    private final MessageType type;

    Builder(OutputFile file, MessageType type) {
      super(file);
      this.type = type;
      withConf(new PlainParquetConfiguration());
      withCodecFactory(new Packers());
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    protected WriteSupport<Group> getWriteSupport(Configuration configuration) {
      return new Groups(type);
    }

    @Override
    protected WriteSupport<Group> getWriteSupport(ParquetConfiguration configuration) {
      return new Groups(type);
    }
  }

  private static final class Groups extends WriteSupport<Group> {
    private final MessageType type;
    private GroupWriter writer;

    Groups(MessageType type) {
      this.type = type;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    public WriteContext init(Configuration configuration) {
      return new WriteContext(type, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(type, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      writer = new GroupWriter(consumer, type);
    }

    @Override
    public void write(Group group) {
      writer.write(group);
    }
  }

  /** The library's own codecs are Hadoop's. */
  private static final class Packers implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      return new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
          return BytesInput.from(pack(codec, bytes.toInputStream().readAllBytes()));
        }

        @Override
        public CompressionCodecName getCodecName() {
          return codec;
        }

        @Override
        public void release() {
          // holds nothing
        }
      };
    }

    private static byte[] pack(CompressionCodecName codec, byte[] bytes) throws IOException {
      return switch (codec) {
        case UNCOMPRESSED -> bytes;
        case SNAPPY -> Snappy.compress(bytes);
        case ZSTD -> Zstd.compress(bytes);
        case GZIP -> {
          ByteArrayOutputStream packed = new ByteArrayOutputStream();
          try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
          }
          yield packed.toByteArray();
        }
        default -> throw new IllegalArgumentException("no packer for " + codec);
      };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException("files are written alone");
    }

    @Override
    public void release() {
      // holds nothing
    }
  }
}
