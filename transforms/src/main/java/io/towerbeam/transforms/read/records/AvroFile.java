package io.towerbeam.transforms.read.records;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * An Avro object container file (Avro specification 1.12, "Object Container Files"). A block of
 * rows belongs to the part that the marker before it begins in.
 */
final class AvroFile implements RecordFile {
  private static final int MARKER_BYTES = 16;
  private static final int MOST_HEADER_BYTES = 16 << 20;

  /** Two numbers: the rows of a block, and its bytes. */
  private static final int BLOCK_START_BYTES = 20;

  private static final int SEARCHED_AT_ONCE = 64 * 1024;

  private final ChannelBytes file;
  private final Schema schema;
  private final AvroCodec codec;
  private final byte[] marker;
  private final long dataStart;

  private AvroFile(
      ChannelBytes file, Schema schema, AvroCodec codec, byte[] marker, long dataStart) {
    this.file = file;
    this.schema = schema;
    this.codec = codec;
    this.marker = marker;
    this.dataStart = dataStart;
  }

  static AvroFile open(ChannelBytes file) throws IOException {
    int bytes = SEARCHED_AT_ONCE;
    while (true) {
      byte[] start = file.readUpTo(0, bytes);
      if (!RecordKind.AVRO.begins(start)) {
        throw new DamagedFileException("is no Avro file: it does not begin as one");
      }
      try {
        return open(file, start);
      } catch (DamagedFileException e) {
        if (start.length == file.size() || bytes >= MOST_HEADER_BYTES) {
          throw e;
        }
      }
      bytes *= 16; // the header may go on behind what was read
    }
  }

  private static AvroFile open(ChannelBytes file, byte[] start) throws IOException {
    AvroCursor cursor = new AvroCursor(start, 4, start.length);
    Map<String, String> properties = new LinkedHashMap<>();
    cursor.blocks(() -> properties.put(text(cursor), text(cursor)));
    byte[] marker = Arrays.copyOfRange(start, cursor.at(), cursor.at() + MARKER_BYTES);
    cursor.skip(MARKER_BYTES);
    Schema schema;
    try {
      schema =
          new Schema.Parser(NameValidator.NO_VALIDATION)
              .parse(properties.getOrDefault("avro.schema", ""));
    } catch (RuntimeException e) { // the library throws this and that
      throw new DamagedFileException("is damaged: its schema cannot be read", e);
    }
    if (schema.getType() != Schema.Type.RECORD) {
      throw new DamagedFileException(
          "holds a %s in every row, not a record".formatted(AvroColumn.type(schema).shown()));
    }
    AvroCodec codec = AvroCodec.of(properties.getOrDefault("avro.codec", "null"));
    return new AvroFile(file, schema, codec, marker, cursor.at());
  }

  private static String text(AvroCursor cursor) throws IOException {
    int length = cursor.length();
    int from = cursor.at();
    cursor.skip(length);
    return new String(cursor.bytes(), from, length, StandardCharsets.UTF_8);
  }

  @Override
  public Map<String, ColumnType> columns() {
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    schema.getFields().forEach(f -> columns.put(f.name(), AvroColumn.type(f.schema())));
    return columns;
  }

  @Override
  public List<RecordPart> parts(long bytes) {
    List<RecordPart> parts = new ArrayList<>();
    for (long from = 0; from < file.size(); from += Math.min(bytes, file.size() - from)) {
      parts.add(new RecordPart(from, from + Math.min(bytes, file.size() - from)));
    }
    return parts;
  }

  @Override
  public void read(RecordPart part, List<String> wanted, RowConsumer rows) throws IOException {
    int[] targets = targets(wanted);
    Object[] values = new Object[wanted.size()];
    long at = firstBlock(part.from());
    // the first block's marker ends the header
    while (at < file.size() && at - MARKER_BYTES < part.to()) {
      at = readBlock(at, targets, values, rows);
    }
  }

  private int[] targets(List<String> wanted) {
    return schema.getFields().stream().mapToInt(f -> wanted.indexOf(f.name())).toArray();
  }

  /** Where the first block begins whose marker begins at or after {@code from}. */
  private long firstBlock(long from) throws IOException {
    if (from <= dataStart - MARKER_BYTES) {
      return dataStart;
    }
    long at = from;
    while (at < file.size()) {
      byte[] bytes = file.readUpTo(at, SEARCHED_AT_ONCE);
      for (int i = 0; i <= bytes.length - MARKER_BYTES; i++) {
        if (Arrays.equals(bytes, i, i + MARKER_BYTES, marker, 0, MARKER_BYTES)) {
          return at + i + MARKER_BYTES;
        }
      }
      if (at + bytes.length == file.size()) {
        return file.size();
      }
      at += bytes.length - MARKER_BYTES + 1L;
    }
    return file.size();
  }

  /** Gives the rows of the block at {@code at}; the place of the next. */
  private long readBlock(long at, int[] targets, Object[] values, RowConsumer rows)
      throws IOException {
    byte[] start = file.readUpTo(at, BLOCK_START_BYTES);
    AvroCursor cursor = new AvroCursor(start, 0, start.length);
    long count = cursor.whole();
    long bytes = cursor.whole();
    if (bytes < 0 || bytes > Unpacked.MAX_BYTES) {
      throw new DamagedFileException(
          "is damaged, or its blocks are too large: that at byte %d has %d bytes, not 0 to %d"
              .formatted(at, bytes, Unpacked.MAX_BYTES));
    }
    byte[] packed = file.read(at + cursor.at(), bytes + MARKER_BYTES);
    int end = (int) bytes;
    if (!Arrays.equals(packed, end, end + MARKER_BYTES, marker, 0, MARKER_BYTES)) {
      throw new DamagedFileException(
          "is damaged: the block at byte %d does not end as blocks do".formatted(at));
    }
    byte[] block = codec.unpack(packed, end);
    AvroCursor row = new AvroCursor(block, 0, block.length);
    if (count < 0 || count > block.length) {
      throw AvroCursor.damaged("%d rows in %d bytes".formatted(count, block.length));
    }
    for (long i = 0; i < count; i++) {
      readRow(row, targets, values);
      rows.row(at, values);
    }
    return at + cursor.at() + packed.length;
  }

  private void readRow(AvroCursor row, int[] targets, Object[] values) throws IOException {
    List<Schema.Field> fields = schema.getFields();
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] < 0) {
        AvroColumn.skip(fields.get(i).schema(), row, 0);
      } else {
        values[targets[i]] = AvroColumn.value(fields.get(i).schema(), row);
      }
    }
  }
}
