package io.towerbeam.transforms.read.records;

import java.io.IOException;

/**
 * Avro's binary encoding in a byte array. Takes no memory for a length before it knows that so many
 * bytes are there.
 */
final class AvroCursor {
  private final byte[] bytes;
  private final int end;
  private int at;

  AvroCursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where it stands. */
  int at() {
    return at;
  }

  int left() {
    return end - at;
  }

  /** An int or long, zigzag. */
  long whole() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(1);
      byte next = bytes[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw damaged("a number has too many bytes");
  }

  float real() throws IOException {
    return Float.intBitsToFloat((int) little(Float.BYTES));
  }

  double doubleReal() throws IOException {
    return Double.longBitsToDouble(little(Double.BYTES));
  }

  boolean flag() throws IOException {
    require(1);
    return bytes[at++] != 0;
  }

  /** The length of text or bytes, which are there. */
  int length() throws IOException {
    long length = whole();
    require(length);
    return (int) length;
  }

  void skip(long count) throws IOException {
    require(count);
    at += (int) count;
  }

  /** A place in a list of {@code choices}. */
  int choice(int choices) throws IOException {
    long choice = whole();
    if (choice < 0 || choice >= choices) {
      throw damaged("choice %d of %d".formatted(choice, choices));
    }
    return (int) choice;
  }

  /** Goes over the blocks of an array or map. */
  void blocks(Entry entry) throws IOException {
    for (long count = whole(); count != 0; count = whole()) {
      if (count < 0) {
        whole(); // the bytes of the block, for those who skip it
        count = -count;
      }
      if (count < 0 || count > left()) {
        throw damaged("a list of %d entries in %d bytes".formatted(count, left()));
      }
      for (long i = 0; i < count; i++) {
        entry.read();
      }
    }
  }

  @FunctionalInterface
  interface Entry {
    void read() throws IOException;
  }

  private long little(int count) throws IOException {
    require(count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (bytes[at++] & 0xffL) << (Byte.SIZE * i);
    }
    return value;
  }

  private void require(long count) throws IOException {
    if (count < 0 || count > left()) {
      throw damaged("%d bytes where %d are left".formatted(count, left()));
    }
  }

  static DamagedFileException damaged(String how) {
    return new DamagedFileException("is damaged: " + how);
  }
}
