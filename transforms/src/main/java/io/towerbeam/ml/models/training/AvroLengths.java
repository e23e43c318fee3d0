package io.towerbeam.ml.models.training;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Whether the lengths that an uncompressed Avro data file declares are those it has. Avro allocates
 * what a length says before it reads, so that one damaged byte could ask for 2 GiB.
 */
final class AvroLengths {
  private AvroLengths() {}

  /**
   * Walks over {@code file} without allocating by any length in it.
   *
   * @throws IOException if it ends too early, or a block is longer or shorter than it says
   */
  static void check(byte[] file) throws IOException {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(file, null);
    byte[] magic = new byte[DataFileConstants.MAGIC.length];
    decoder.readFixed(magic);
    if (!Arrays.equals(magic, DataFileConstants.MAGIC)) {
      throw new DamagedFileException("not an Avro data file");
    }
    for (long entries = decoder.readMapStart(); entries > 0; entries = decoder.mapNext()) {
      for (long i = 0; i < entries; i++) {
        decoder.skipString();
        decoder.skipBytes();
      }
    }
    decoder.skipFixed(DataFileConstants.SYNC_SIZE);
    Schema schema = schemaOf(file);
    while (!decoder.isEnd()) {
      checkBlock(decoder, schema);
    }
  }

  private static void checkBlock(BinaryDecoder decoder, Schema schema) throws IOException {
    long records = decoder.readLong();
    long length = decoder.readLong();
    long before = decoder.inputStream().available();
    for (long i = 0; i < records; i++) {
      GenericDatumReader.skip(schema, decoder);
    }
    if (records < 0 || before - decoder.inputStream().available() != length) {
      throw new DamagedFileException("a block does not have the length it says");
    }
    decoder.skipFixed(DataFileConstants.SYNC_SIZE);
  }

  private static Schema schemaOf(byte[] file) throws IOException {
    try (DataFileStream<Object> header =
        new DataFileStream<>(new ByteArrayInputStream(file), new GenericDatumReader<>())) {
      return header.getSchema();
    }
  }
}
