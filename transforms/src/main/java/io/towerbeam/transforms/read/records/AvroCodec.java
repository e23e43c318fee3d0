package io.towerbeam.transforms.read.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/** How the blocks of an Avro file are compressed. */
public enum AvroCodec {
  NULL,
  DEFLATE,
  SNAPPY,
  BZIP2,
  ZSTANDARD;

  /**
   * The codec of that name in Avro.
   *
   * @throws DamagedFileException if it is none of these
   */
  public static AvroCodec of(String name) throws IOException {
    for (AvroCodec codec : values()) {
      if (codec.name().equalsIgnoreCase(name)) {
        return codec;
      }
    }
    throw new DamagedFileException(
        "is compressed by %s: write it with deflate, snappy, bzip2, zstandard or nothing"
            .formatted(name));
  }

  /**
   * A block as it was before it was packed, at most 256 MiB.
   *
   * @throws DamagedFileException if it is damaged or larger
   */
  public byte[] unpack(byte[] packed) throws IOException {
    return unpack(packed, packed.length);
  }

  byte[] unpack(byte[] packed, int end) throws IOException {
    int most = Unpacked.MAX_BYTES;
    return switch (this) {
      case NULL -> Arrays.copyOf(packed, end);
      case DEFLATE -> Unpacked.deflate(packed, 0, end, most);
      case BZIP2 -> Unpacked.bzip2(packed, 0, end, most);
      case ZSTANDARD -> Unpacked.zstandard(packed, 0, end, most);
      case SNAPPY -> snappy(packed, end, most);
    };
  }

  /** Behind the packed bytes stands a checksum of the unpacked ones. */
  private static byte[] snappy(byte[] packed, int end, int most) throws IOException {
    if (end < Integer.BYTES) {
      throw AvroCursor.damaged("a block without its checksum");
    }
    byte[] bytes = Unpacked.snappy(packed, 0, end - Integer.BYTES, most);
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    if ((int) checksum.getValue() != ByteBuffer.wrap(packed).getInt(end - Integer.BYTES)) {
      throw AvroCursor.damaged("the checksum of a block does not match");
    }
    return bytes;
  }
}
