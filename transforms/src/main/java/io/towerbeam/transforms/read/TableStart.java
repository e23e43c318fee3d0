package io.towerbeam.transforms.read;

import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * What a file's beginning tells.
 *
 * @param file the file's name
 * @param columns the fields' names in order
 * @param dataOffset the byte at which the first row begins, behind byte order mark and header
 */
record TableStart(String file, List<String> columns, long dataOffset) implements Serializable {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /**
   * Reads the beginning of {@code file}.
   *
   * @throws InputException if there should be a header, and it is missing or no text
   */
  static TableStart read(ResourceId file, DelimitedText text) throws IOException {
    try (ReadableByteChannel channel = InputFiles.open(file, 0)) {
      return read(file.toString(), channel, text);
    }
  }

  static TableStart read(String file, ReadableByteChannel channel, DelimitedText text)
      throws IOException {
    LineReader lines = new LineReader(channel, 0, false, Long.MAX_VALUE);
    boolean empty = !lines.next();
    int mark = !empty && startsWithMark(lines, text) ? BYTE_ORDER_MARK.length : 0;
    if (!text.hasHeader()) {
      return new TableStart(file, text.columns(), mark);
    }
    if (empty) {
      throw new InputException(file + ": is empty, but its first line should name the columns");
    }
    if (lines.tooLong()) {
      throw new InputException(
          "%s: the first line should name the columns, but is longer than %d bytes"
              .formatted(file, LineReader.MAX_LINE_BYTES));
    }
    return new TableStart(file, names(file, lines, mark, text), lines.nextOffset());
  }

  /**
   * Where {@code column} stands.
   *
   * @throws InputException if it is missing, or there are two of the name
   */
  int position(String column) {
    int count = Collections.frequency(columns, column);
    if (count != 1) {
      throw new InputException(
          "%s: %s column \"%s\"; the columns are: %s"
              .formatted(
                  file, count == 0 ? "no" : "more than one", column, String.join(", ", columns)));
    }
    return columns.indexOf(column);
  }

  /** As {@link #position}, but -1 where {@code column} is empty. */
  int optionalPosition(String column) {
    return column.isEmpty() ? -1 : position(column);
  }

  private static boolean startsWithMark(LineReader lines, DelimitedText text) {
    return text.encoding() == TextEncoding.UTF_8
        && lines.to() - lines.from() >= BYTE_ORDER_MARK.length
        && lines.buffer()[lines.from()] == BYTE_ORDER_MARK[0]
        && lines.buffer()[lines.from() + 1] == BYTE_ORDER_MARK[1]
        && lines.buffer()[lines.from() + 2] == BYTE_ORDER_MARK[2];
  }

  private static List<String> names(String file, LineReader lines, int mark, DelimitedText text) {
    try {
      String header = text.encoding().decode(lines.buffer(), lines.from() + mark, lines.to());
      return new FieldCutter(text).cut(header).stream().map(String::strip).toList();
    } catch (CharacterCodingException | RowFault e) {
      throw new InputException(
          "%s: the first line should name the columns, but cannot be read: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
