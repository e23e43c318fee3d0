package io.towerbeam.transforms.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * The lines of a byte range, which are those whose first byte lies in it: cut the file anywhere,
 * and every line is met exactly once. Holds one buffer however long a line is. Not thread-safe.
 */
final class LineReader {
  /** The most bytes a line may have, its end not counted. */
  static final int MAX_LINE_BYTES = 64 * 1024;

  /** A line that is not too long, with its line end. */
  private static final int LONGEST_WITH_END = MAX_LINE_BYTES + 2;

  private static final int BUFFER_BYTES = 256 * 1024;

  private final ReadableByteChannel channel;
  private final long end;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long bufferOffset;
  private int limit;
  private boolean exhausted;
  private boolean insideLine;

  private int from;
  private int to;
  private int nextLine;

  /**
   * Lines that begin before {@code end}.
   *
   * @param channel a file from byte {@code offset} on; not closed here
   * @param insideLine whether the first line begins only after the next line end
   */
  LineReader(ReadableByteChannel channel, long offset, boolean insideLine, long end) {
    this.channel = channel;
    this.bufferOffset = offset;
    this.insideLine = insideLine;
    this.end = end;
  }

  /** Goes to the next line; false if there is none. What the last call gave is void. */
  boolean next() throws IOException {
    if (insideLine) {
      skipToLineStart();
    }
    if (bufferOffset + nextLine >= end) {
      return false;
    }
    int newline = findLineEnd();
    from = nextLine;
    to = newline < 0 ? limit : newline;
    nextLine = newline < 0 ? limit : newline + 1;
    insideLine = newline < 0 && !exhausted;
    if (newline < 0 && from == to) {
      return false;
    }
    if (to > from && buffer[to - 1] == '\r') {
      to--;
    }
    return true;
  }

  /** What {@link #from} and {@link #to} point into; valid until the next call of {@link #next}. */
  byte[] buffer() {
    return buffer;
  }

  /** Where the line begins in the buffer. */
  int from() {
    return from;
  }

  /** Where the line ends in the buffer, its line end not included. */
  int to() {
    return to;
  }

  /** Whether the line is longer than {@link #MAX_LINE_BYTES}: then only its beginning is here. */
  boolean tooLong() {
    return to - from > MAX_LINE_BYTES;
  }

  /** The byte in the file at which the line begins. */
  long offset() {
    return bufferOffset + from;
  }

  /** The byte in the file at which the next line begins; not known for a line too long. */
  long nextOffset() {
    return bufferOffset + nextLine;
  }

  /** The position of the line end, read up to if need be; -1 if it is too far or there is none. */
  private int findLineEnd() throws IOException {
    int scanned = nextLine;
    while (true) {
      for (int i = scanned; i < limit; i++) {
        if (buffer[i] == '\n') {
          return i;
        }
      }
      if (exhausted || limit - nextLine >= LONGEST_WITH_END) {
        return -1;
      }
      scanned = limit - nextLine;
      fill();
    }
  }

  /** Passes the rest of a line, but not beyond the range: what begins there is not ours. */
  private void skipToLineStart() throws IOException {
    while (insideLine && !exhausted && bufferOffset + nextLine < end) {
      if (nextLine == limit) {
        fill();
      }
      while (insideLine && nextLine < limit) {
        insideLine = buffer[nextLine++] != '\n';
      }
    }
  }

  /** Moves the line begun to the front of the buffer and reads on behind it. */
  private void fill() throws IOException {
    if (nextLine > 0) {
      System.arraycopy(buffer, nextLine, buffer, 0, limit - nextLine);
      bufferOffset += nextLine;
      limit -= nextLine;
      nextLine = 0;
    }
    int count = channel.read(ByteBuffer.wrap(buffer, limit, BUFFER_BYTES - limit));
    if (count < 0) {
      exhausted = true;
    } else {
      limit += count;
    }
  }
}
