package io.towerbeam.transforms.read;

/**
 * The records of a whole file in memory. Where the text is quoted, a field may span lines; the
 * scanner only finds the ends of records, so what it yields may still be faulty. Not thread-safe.
 */
final class RecordScanner {
  /** The most bytes a record may have: a quote left open takes no more than this with it. */
  static final int MAX_RECORD_BYTES = 1024 * 1024;

  private final byte[] bytes;
  private final boolean quoted;
  private final byte separator;
  private int from;
  private int end;
  private int next;

  /** Records of {@code bytes} from {@code start} on. */
  RecordScanner(byte[] bytes, int start, DelimitedText text) {
    this.bytes = bytes;
    this.quoted = text.quoted();
    this.separator = (byte) text.separator().charAt(0);
    this.next = start;
  }

  /** Goes to the next record; false if there is none. */
  boolean next() {
    if (next >= bytes.length) {
      return false;
    }
    from = next;
    end = quoted ? quotedEnd() : lineEnd();
    next = end + 1;
    return true;
  }

  /**
   * Cuts the record to its first line, so that the next begins with the line after. Right after a
   * misplaced quote: the lines behind it are most likely sound records of their own.
   */
  void cutToLine() {
    end = lineEnd();
    next = end + 1;
  }

  /** Where the record begins. */
  int from() {
    return from;
  }

  /** Where the record ends, its line end not included. */
  int to() {
    return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
  }

  private int lineEnd() {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private int quotedEnd() {
    boolean inside = false;
    boolean closed = false;
    boolean fieldStart = true;
    int last = (int) Math.min(bytes.length, (long) from + MAX_RECORD_BYTES);
    for (int at = from; at < last; at++) {
      byte value = bytes[at];
      if (value == '\n' && !inside) {
        return at;
      }
      // A doubled quote closes and opens again, which leaves us where we were: inside.
      boolean opens = value == '"' && !inside && (fieldStart || closed);
      closed = value == '"' && inside;
      inside = opens || (inside && !closed);
      fieldStart = value == separator && !inside;
    }
    return inside || last < bytes.length ? lineEnd() : last;
  }
}
