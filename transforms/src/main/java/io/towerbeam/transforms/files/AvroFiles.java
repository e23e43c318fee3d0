package io.towerbeam.transforms.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Avro data files whose bytes depend on their records alone. */
public final class AvroFiles {
  private AvroFiles() {}

  /** Gives a block of records as it was before it was packed. */
  @FunctionalInterface
  public interface Unpacker {
    /**
     * The block unpacked; it has some bound.
     *
     * @throws IOException if it is damaged or larger than that
     */
    byte[] unpack(byte[] packed) throws IOException;
  }

  /** What files may be packed by. */
  @FunctionalInterface
  public interface Codecs {
    /**
     * What unpacks the blocks of a file.
     *
     * @param name the codec's name in Avro, the text {@code null} of none
     * @throws IOException if it is not one of these
     */
    Unpacker of(String name) throws IOException;
  }

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

  /**
   * Gives each record of a file to {@code consumer}, in order, by the reader's current schema.
   *
   * @throws IOException if the file cannot be read, is damaged or is of other records
   */
  public static <T extends SpecificRecord> void read(
      InputStream in, Class<T> type, Consumer<T> consumer) throws IOException {
    read(in, type, AvroFiles::notPacked, consumer);
  }

  /** The same of files that another system may have written, and packed by one of the codecs. */
  public static <T extends SpecificRecord> void read(
      InputStream in, Class<T> type, Codecs codecs, Consumer<T> consumer) throws IOException {
    try (AvroBlocks<T> records = open(in, type, codecs)) {
      for (T record = next(records, type); record != null; record = next(records, type)) {
        consumer.accept(record);
      }
    }
  }

  /** The schema that a file's records were written by, which are of {@code type}. */
  public static <T extends SpecificRecord> Schema schema(InputStream in, Class<T> type)
      throws IOException {
    try (AvroBlocks<T> records = open(in, type, AvroFiles::notPacked)) {
      return records.schema();
    }
  }

  private static Unpacker notPacked(String codec) throws IOException {
    if (!codec.equals(DataFileConstants.NULL_CODEC)) {
      throw new IOException("compressed by %s, as no file of a run is".formatted(codec));
    }
    return packed -> packed;
  }

  private static <T extends SpecificRecord> AvroBlocks<T> open(
      InputStream in, Class<T> type, Codecs codecs) throws IOException {
    try {
      return new AvroBlocks<>(in, type, codecs);
    } catch (RuntimeException e) {
      throw damaged(type, e);
    }
  }

  /** The next record, null behind the last. */
  private static <T extends SpecificRecord> T next(AvroBlocks<T> records, Class<T> type)
      throws IOException {
    try {
      return records.next();
    } catch (RuntimeException e) {
      throw damaged(type, e);
    }
  }

  /** On damaged bytes Avro throws all kinds. */
  private static IOException damaged(Class<?> type, Throwable fault) {
    return new IOException(
        "not a whole file of %s records (%s)".formatted(type.getSimpleName(), fault), fault);
  }

  /**
   * The first record of a file.
   *
   * @throws NoSuchElementException if it has none
   */
  public static <T extends SpecificRecord> T first(InputStream in, Class<T> type)
      throws IOException {
    try (AvroBlocks<T> records = open(in, type, AvroFiles::notPacked)) {
      T first = next(records, type);
      if (first == null) {
        throw new NoSuchElementException(
            "no %s record in the file".formatted(type.getSimpleName()));
      }
      return first;
    }
  }
}
