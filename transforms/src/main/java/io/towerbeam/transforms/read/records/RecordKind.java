package io.towerbeam.transforms.read.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of files that hold records with named and typed columns. */
public enum RecordKind {
  AVRO("Avro", "Obj\1", ".avro"),
  PARQUET("Parquet", "PAR1", ".parquet");

  private static final int MAGIC_BYTES = 4;

  private final String shown;
  private final byte[] magic;
  private final String suffix;

  RecordKind(String shown, String magic, String suffix) {
    this.shown = shown;
    this.magic = magic.getBytes(StandardCharsets.US_ASCII);
    this.suffix = suffix;
  }

  /** The kind that a name ends like; empty if none. */
  public static Optional<RecordKind> ofName(String name) {
    return Arrays.stream(values())
        .filter(kind -> name.toLowerCase(Locale.ROOT).endsWith(kind.suffix))
        .findFirst();
  }

  /** The kind that a file begins like; empty if none. */
  public static Optional<RecordKind> ofStart(ReadableByteChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(MAGIC_BYTES);
    while (start.hasRemaining() && channel.read(start) >= 0) {
      // goes on until there is no more
    }
    return Arrays.stream(values())
        .filter(kind -> !start.hasRemaining() && Arrays.equals(kind.magic, start.array()))
        .findFirst();
  }

  /** Whether a file begins as this kind does. */
  boolean begins(byte[] start) {
    return start.length >= MAGIC_BYTES
        && Arrays.equals(magic, 0, MAGIC_BYTES, start, 0, MAGIC_BYTES);
  }

  /**
   * Opens a file and reads its schema.
   *
   * @param bytes the file's size
   * @throws DamagedFileException if it is not of this kind, or damaged
   */
  public RecordFile open(SeekableByteChannel channel, long bytes) throws IOException {
    if (bytes == 0) {
      throw new DamagedFileException("is empty, and so no %s file".formatted(shown));
    }
    ChannelBytes file = new ChannelBytes(channel, bytes);
    return this == AVRO ? AvroFile.open(file) : ParquetFile.open(file);
  }

  @Override
  public String toString() {
    return shown;
  }
}
