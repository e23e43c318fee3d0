package io.towerbeam.transforms.read;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The fields of one row as places in a byte array: no text is made before it is asked for. One
 * instance serves row after row. Not thread-safe.
 */
final class ByteFields {
  private static final byte SEPARATOR = 1;
  private static final byte QUOTE = 2;
  private static final byte NUL = 3;
  private static final byte NOT_ASCII = 4;

  private final byte[] separator;
  private final Charset charset;
  private final byte[] kinds = new byte[256];
  private final int[] starts;
  private final int[] ends;
  private byte[] bytes;
  private int count;
  private boolean hasQuote;
  private boolean hasNul;
  private boolean hasNotAscii;

  /** For rows of {@code maxFields} fields; of more, only the number is kept. */
  ByteFields(DelimitedText text, int maxFields) {
    separator = text.separator().getBytes(StandardCharsets.US_ASCII);
    charset = text.encoding().charset();
    starts = new int[maxFields];
    ends = new int[maxFields];
    for (int value = 128; value < 256; value++) {
      kinds[value] = NOT_ASCII;
    }
    kinds[separator[0]] = SEPARATOR;
    if (text.quoted()) {
      kinds['"'] = QUOTE;
    }
    kinds[0] = NUL;
  }

  /** Finds the fields of {@code line[from, to)}, as if there were no quotes. */
  void find(byte[] line, int from, int to) {
    bytes = line;
    count = 0;
    hasQuote = false;
    hasNul = false;
    hasNotAscii = false;
    int start = from;
    for (int i = from; i < to; i++) {
      byte kind = kinds[line[i] & 0xff];
      if (kind == 0) {
        continue;
      }
      if (kind == SEPARATOR) {
        if (separatorAt(i, to)) {
          add(start, i);
          i += separator.length - 1;
          start = i + 1;
        }
      } else {
        hasQuote |= kind == QUOTE;
        hasNul |= kind == NUL;
        hasNotAscii |= kind == NOT_ASCII;
      }
    }
    add(start, to);
  }

  /** Takes {@code fields} in place of what was found. */
  void replace(List<String> fields) {
    bytes = String.join("", fields).getBytes(charset);
    count = 0;
    int start = 0;
    for (String field : fields) {
      int end = start + field.getBytes(charset).length;
      add(start, end);
      start = end;
    }
  }

  /** How many fields there are. */
  int count() {
    return count;
  }

  /** Whether the row has a quote that means something. */
  boolean hasQuote() {
    return hasQuote;
  }

  boolean hasNul() {
    return hasNul;
  }

  boolean hasNotAscii() {
    return hasNotAscii;
  }

  boolean isEmpty(int field) {
    return starts[field] == ends[field];
  }

  /** The field as text. */
  String text(int field) {
    // Latin-1 is a plain copy, several times faster than UTF-8, and the same on ASCII.
    return new String(
        bytes,
        starts[field],
        ends[field] - starts[field],
        hasNotAscii ? charset : StandardCharsets.ISO_8859_1);
  }

  /**
   * The field as a whole number, see {@link AsciiNumbers#whole}.
   *
   * @throws NumberFormatException if it is none
   */
  long whole(int field) {
    return AsciiNumbers.whole(bytes, starts[field], ends[field]);
  }

  /**
   * The field as a real number, see {@link AsciiNumbers#real}.
   *
   * @throws NumberFormatException if it is none
   */
  float real(int field) {
    return AsciiNumbers.real(bytes, starts[field], ends[field]);
  }

  private boolean separatorAt(int at, int to) {
    if (separator.length > to - at) {
      return false;
    }
    for (int i = 1; i < separator.length; i++) {
      if (bytes[at + i] != separator[i]) {
        return false;
      }
    }
    return true;
  }

  private void add(int start, int end) {
    if (count < starts.length) {
      starts[count] = start;
      ends[count] = end;
    }
    count++;
  }
}
