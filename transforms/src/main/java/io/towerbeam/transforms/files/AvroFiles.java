package io.towerbeam.transforms.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Avro data files whose bytes depend on their records alone. */
public final class AvroFiles {
  private AvroFiles() {}

  /** Writes {@code records} in their order; the stream stays open. */
  public static <T extends SpecificRecord> void write(
      OutputStream out, Class<T> type, Iterable<T> records) throws IOException {
    Schema schema = SpecificData.get().getSchema(type);
    // Avro would draw the marker between blocks at random, and no two files would be equal.
    byte[] marker = Arrays.copyOf(schema.getFullName().getBytes(StandardCharsets.UTF_8), 16);
    try (DataFileWriter<T> writer = new DataFileWriter<>(new SpecificDatumWriter<>(type))) {
      writer.create(schema, out, marker);
      for (T record : records) {
        writer.append(record);
      }
      writer.flush();
    }
  }

  /** Gives each record of a file to {@code consumer}, in order, by the reader's current schema. */
  public static <T extends SpecificRecord> void read(
      InputStream in, Class<T> type, Consumer<T> consumer) throws IOException {
    try (DataFileStream<T> records = new DataFileStream<>(in, new SpecificDatumReader<>(type))) {
      while (records.hasNext()) {
        consumer.accept(records.next());
      }
    }
  }

  /** The schema that a file's records were written by. */
  public static Schema schema(InputStream in) throws IOException {
    try (DataFileStream<GenericRecord> records =
        new DataFileStream<>(in, new GenericDatumReader<>())) {
      return records.getSchema();
    }
  }

  /**
   * The first record of a file.
   *
   * @throws java.util.NoSuchElementException if it has none
   */
  public static <T extends SpecificRecord> T first(InputStream in, Class<T> type)
      throws IOException {
    try (DataFileStream<T> records = new DataFileStream<>(in, new SpecificDatumReader<>(type))) {
      return records.next();
    }
  }
}
