package io.towerbeam.transforms.read.records;

import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;

/**
 * Whether the counts inside a page fit its number of values: the library takes memory for them
 * before it reads on.
 */
final class PageCheck {
  /** Runs are filled up to a multiple of 8 values, by some writers to more. */
  private static final int FILLED_UP = 512;

  private static final int MOST_BLOCK_VALUES = 1 << 16;

  private final byte[] bytes;
  private final int values;

  /**
   * @param values how many the page's header says there are, nulls counted
   */
  PageCheck(byte[] bytes, int values) {
    this.bytes = bytes;
    this.values = values;
  }

  /** A page of the first version: levels with their lengths, then values. */
  void first(ColumnDescriptor column, Encoding encoding) throws IOException {
    int at = levels(0, column.getMaxRepetitionLevel());
    at = levels(at, column.getMaxDefinitionLevel());
    values(at, encoding);
  }

  private int levels(int at, int most) throws IOException {
    if (most == 0) {
      return at;
    }
    if (bytes.length - at < Integer.BYTES) {
      throw AvroCursor.damaged("a page without levels");
    }
    long length =
        (bytes[at] & 0xffL)
            | (bytes[at + 1] & 0xffL) << 8
            | (bytes[at + 2] & 0xffL) << 16
            | (bytes[at + 3] & 0xffL) << 24;
    int from = at + Integer.BYTES;
    if (length > bytes.length - from) {
      throw AvroCursor.damaged(
          "%d bytes of levels in a page of %d".formatted(length, bytes.length));
    }
    runs(from, from + (int) length, width(most));
    return from + (int) length;
  }

  /** All bytes are levels. */
  void levels(int most) throws IOException {
    if (most > 0) {
      runs(0, bytes.length, width(most));
    }
  }

  private static int width(int most) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(most);
  }

  /** From {@code at} on there are values. */
  void values(int at, Encoding encoding) throws IOException {
    switch (encoding) {
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        if (at < bytes.length) {
          runs(at + 1, bytes.length, bytes[at] & 0xff);
        }
      }
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> delta(at);
      case DELTA_BYTE_ARRAY -> delta(delta(at));
      default -> {} // these take no more than the page has
    }
  }

  /** Runs of equal values and of packed ones, in turns. */
  private void runs(int from, int to, int width) throws IOException {
    AvroCursor cursor = new AvroCursor(bytes, from, to);
    long seen = 0;
    while (seen < values && cursor.left() > 0) {
      long header = unsigned(cursor);
      long count = (header & 1) == 0 ? header >>> 1 : (header >>> 1) * Byte.SIZE;
      if (width > Integer.SIZE || count <= 0 || count > values - seen + FILLED_UP) {
        throw AvroCursor.damaged(
            "a run of %d values where %d are left".formatted(count, values - seen));
      }
      seen += count;
      long length = (header & 1) == 0 ? (width + 7) / Byte.SIZE : count * width / Byte.SIZE;
      cursor.skip(Math.min(length, cursor.left())); // the last run may be cut to what is needed
    }
  }

  /** Differences in blocks of packed values; the place behind them. */
  private int delta(int from) throws IOException {
    AvroCursor cursor = new AvroCursor(bytes, from, bytes.length);
    long block = unsigned(cursor);
    long parts = unsigned(cursor);
    long total = unsigned(cursor);
    if (block <= 0 || block > MOST_BLOCK_VALUES || parts <= 0 || parts > block || total > values) {
      throw AvroCursor.damaged(
          "blocks of %d values in %d parts for %d values".formatted(block, parts, total));
    }
    cursor.whole(); // the first value
    for (long seen = 1; seen < total; seen += block) {
      cursor.whole(); // the least difference
      int widths = cursor.at();
      cursor.skip(parts);
      for (int part = 0; part < parts; part++) {
        boolean isFilled = seen + part * (block / parts) < total;
        if (isFilled) {
          cursor.skip((bytes[widths + part] & 0xffL) * (block / parts) / Byte.SIZE);
        }
      }
    }
    return cursor.at();
  }

  private static long unsigned(AvroCursor cursor) throws IOException {
    long zigzag = cursor.whole();
    return (zigzag << 1) ^ (zigzag >> 63);
  }
}
