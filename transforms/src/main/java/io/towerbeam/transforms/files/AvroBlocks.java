package io.towerbeam.transforms.files;

import io.towerbeam.ml.avro.AvroWalk;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * The records of an Avro data file, read block by block. Avro itself allocates what a length in the
 * file says, so that a few damaged bytes could ask for 2 GiB; here each length is held against the
 * bytes that are there first. Holds one block. Not thread-safe.
 */
final class AvroBlocks<T extends SpecificRecord> implements Closeable {
  private static final int LONGEST_HEADER = 1 << 20;

  private final PushbackInputStream in;
  private final BinaryDecoder lengths;
  private final byte[] mark;
  private final Schema schema;
  private final SpecificDatumReader<T> reader;
  private final AvroFiles.Unpacker unpack;
  private BinaryDecoder block;
  private long recordsLeft;

  /** Reads the header of the file that {@code file} holds. */
  AvroBlocks(InputStream file, Class<T> type, AvroFiles.Codecs codecs) throws IOException {
    byte[] start = file.readNBytes(LONGEST_HEADER);
    int length = lengthOfHeader(start);
    ByteArrayInputStream rest = new ByteArrayInputStream(start, length, start.length - length);
    in = new PushbackInputStream(new SequenceInputStream(rest, file));
    lengths = DecoderFactory.get().directBinaryDecoder(in, null);
    mark = Arrays.copyOfRange(start, length - DataFileConstants.SYNC_SIZE, length);
    reader = new SpecificDatumReader<>(type);
    try (DataFileStream<T> header =
        new DataFileStream<>(new ByteArrayInputStream(start, 0, length), reader)) {
      schema = header.getSchema();
      String codec = header.getMetaString(DataFileConstants.CODEC);
      unpack = codecs.of(codec == null ? DataFileConstants.NULL_CODEC : codec);
    }
  }

  /** What the records were written by. */
  Schema schema() {
    return schema;
  }

  /** The next record, null behind the last. */
  T next() throws IOException {
    while (recordsLeft == 0) {
      int first = in.read();
      if (first < 0) {
        return null;
      }
      in.unread(first);
      readBlock();
    }
    recordsLeft--;
    return reader.read(null, block);
  }

  private void readBlock() throws IOException {
    long records = lengths.readLong();
    long length = lengths.readLong();
    if (length < 0 || length > Integer.MAX_VALUE || records < 0) {
      throw new IOException("a block of %d bytes for %d records".formatted(length, records));
    }
    byte[] bytes = in.readNBytes((int) length); // allocates what is there, not what is said
    if (bytes.length < length || !Arrays.equals(in.readNBytes(mark.length), mark)) {
      throw new IOException("a block does not have the length it says");
    }
    bytes = unpack.unpack(bytes);
    requireRecords(bytes, records);
    block = DecoderFactory.get().binaryDecoder(bytes, block);
    recordsLeft = records;
  }

  private void requireRecords(byte[] bytes, long records) throws IOException {
    if (records > bytes.length) {
      throw new IOException("a block of %d bytes for %d records".formatted(bytes.length, records));
    }
    AvroWalk walk = new AvroWalk(bytes);
    for (long i = 0; i < records; i++) {
      walk.skip(schema);
    }
    if (!walk.isAtEnd()) {
      throw new IOException("a block does not have the records it says");
    }
  }

  private static int lengthOfHeader(byte[] start) throws IOException {
    AvroWalk walk = new AvroWalk(start);
    walk.skipHeader();
    return walk.at();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
