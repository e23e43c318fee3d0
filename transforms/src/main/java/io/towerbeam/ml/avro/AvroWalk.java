package io.towerbeam.ml.avro;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;

/**
 * Goes over Avro's binary encoding in a byte array without making anything of it. Avro's own
 * readers allocate what a length or a count says before they look whether there is so much, and
 * pass over a list by a length that need not be that of its entries; here every length is at most
 * that of the bytes that are left, and so is the number of entries of every list. Not thread-safe.
 */
public final class AvroWalk {
  private static final int DEEPEST = 200;

  private final byte[] bytes;
  private int at;

  /** Entries of lists yet to come: each takes a byte at least, unless a list is of nothing. */
  private long entriesLeft;

  /** Stands at the first byte. */
  public AvroWalk(byte[] bytes) {
    this.bytes = bytes;
    this.entriesLeft = bytes.length;
  }

  /** How many bytes lie behind. */
  public int at() {
    return at;
  }

  /** Whether all bytes do. */
  public boolean isAtEnd() {
    return at == bytes.length;
  }

  /**
   * An int or long.
   *
   * @throws IOException if the bytes end before it does
   */
  public long whole() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      skip(1);
      byte next = bytes[at - 1];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IOException("a number has too many bytes");
  }

  /**
   * Passes so many bytes.
   *
   * @throws IOException if there are not so many, or the number is negative
   */
  public void skip(long count) throws IOException {
    if (count < 0 || count > bytes.length - at) {
      throw new IOException("%d bytes where %d are left".formatted(count, bytes.length - at));
    }
    at += (int) count;
  }

  /** Passes the header of a data file: mark, properties and the marker between blocks. */
  public void skipHeader() throws IOException {
    skip(DataFileConstants.MAGIC.length);
    entries(
        () -> {
          skip(whole());
          skip(whole());
        });
    skip(DataFileConstants.SYNC_SIZE);
  }

  /**
   * Passes a datum.
   *
   * @throws IOException if it cannot be one of the schema
   */
  public void skip(Schema schema) throws IOException {
    skip(schema, 0);
  }

  private void skip(Schema schema, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("records are nested more than %d deep".formatted(DEEPEST));
    }
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> skip(1);
      case INT, LONG, ENUM -> whole();
      case FLOAT -> skip(Float.BYTES);
      case DOUBLE -> skip(Double.BYTES);
      case STRING, BYTES -> skip(whole());
      case FIXED -> skip(schema.getFixedSize());
      case UNION -> skip(chosen(schema.getTypes()), depth + 1);
      case ARRAY -> entries(() -> skip(schema.getElementType(), depth + 1));
      case MAP ->
          entries(
              () -> {
                skip(whole());
                skip(schema.getValueType(), depth + 1);
              });
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          skip(field.schema(), depth + 1);
        }
      }
    }
  }

  private Schema chosen(List<Schema> choices) throws IOException {
    long choice = whole();
    if (choice < 0 || choice >= choices.size()) {
      throw new IOException("choice %d of %d".formatted(choice, choices.size()));
    }
    return choices.get((int) choice);
  }

  @FunctionalInterface
  private interface Entry {
    void pass() throws IOException;
  }

  /** The blocks of an array or a map. */
  private void entries(Entry entry) throws IOException {
    for (long count = whole(); count != 0; count = whole()) {
      long entries = count;
      if (count < 0) {
        entries = -count;
        skipLength(whole());
      }
      if (entries < 0 || entries > bytes.length - at || entries > entriesLeft) {
        throw new IOException(
            "a list of %d entries in %d bytes".formatted(count, bytes.length - at));
      }
      entriesLeft -= entries;
      for (long i = 0; i < entries; i++) {
        entry.pass();
      }
    }
  }

  /** The bytes of a list, by which who passes over it would go. */
  private void skipLength(long length) throws IOException {
    if (length < 0 || length > bytes.length - at) {
      throw new IOException("a list of %d bytes in %d".formatted(length, bytes.length - at));
    }
  }
}
