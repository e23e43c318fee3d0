package io.towerbeam.ml.models.training;

import io.towerbeam.ml.avro.AvroWalk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;

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
    byte[] magic = Arrays.copyOf(file, DataFileConstants.MAGIC.length);
    if (!Arrays.equals(magic, DataFileConstants.MAGIC)) {
      throw new DamagedFileException("not an Avro data file");
    }
    AvroWalk walk = new AvroWalk(file);
    walk.skipHeader();
    Schema schema = schemaOf(file);
    while (!walk.isAtEnd()) {
      checkBlock(walk, schema);
    }
  }

  private static void checkBlock(AvroWalk walk, Schema schema) throws IOException {
    long records = walk.whole();
    long length = walk.whole();
    if (records < 0 || records > length) {
      throw new DamagedFileException(
          "a block of %d bytes for %d records".formatted(length, records));
    }
    int before = walk.at();
    for (long i = 0; i < records; i++) {
      walk.skip(schema);
    }
    if (walk.at() - before != length) {
      throw new DamagedFileException("a block does not have the length it says");
    }
    walk.skip(DataFileConstants.SYNC_SIZE);
  }

  private static Schema schemaOf(byte[] file) throws IOException {
    try (DataFileStream<Object> header =
        new DataFileStream<>(new ByteArrayInputStream(file), new GenericDatumReader<>())) {
      return header.getSchema();
    }
  }
}
