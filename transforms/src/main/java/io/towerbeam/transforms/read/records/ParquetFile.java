package io.towerbeam.transforms.read.records;

import io.towerbeam.transforms.read.records.ColumnType.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

/** A Parquet file (parquet.apache.org/docs/file-format). A part is one row group or several. */
final class ParquetFile implements RecordFile {
  private static final int MAGIC_BYTES = 4;

  /** The length of the footer, and the magic again. */
  private static final int END_BYTES = 8;

  private static final int MOST_FOOTER_BYTES = 256 << 20;

  private final ChannelBytes file;
  private final FileMetaData footer;
  private final Map<String, ParquetColumn> columns;

  private ParquetFile(ChannelBytes file, FileMetaData footer, Map<String, ParquetColumn> columns) {
    this.file = file;
    this.footer = footer;
    this.columns = columns;
  }

  static ParquetFile open(ChannelBytes file) throws IOException {
    if (!RecordKind.PARQUET.begins(file.readUpTo(0, MAGIC_BYTES))) {
      throw new DamagedFileException("is no Parquet file: it does not begin as one");
    }
    byte[] end = file.size() < 12 ? new byte[END_BYTES] : file.read(file.size() - 8, END_BYTES);
    long bytes = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (end[4] == 'P' && end[5] == 'A' && end[6] == 'R' && end[7] == 'E') {
      throw new DamagedFileException("is encrypted, which is not read");
    }
    if (end[4] != 'P' || end[5] != 'A' || end[6] != 'R' || end[7] != '1') {
      throw new DamagedFileException("is damaged or cut off: it does not end as Parquet files do");
    }
    if (bytes < 0 || bytes > Math.min(MOST_FOOTER_BYTES, file.size() - END_BYTES - MAGIC_BYTES)) {
      throw new DamagedFileException(
          "is damaged: its footer has %d bytes of %d".formatted(bytes, file.size()));
    }
    FileMetaData footer = new FileMetaData();
    ThriftBytes.read(file.read(file.size() - END_BYTES - bytes, bytes), footer);
    requireColumnData(footer);
    try {
      return new ParquetFile(file, footer, columns(footer.getSchema()));
    } catch (RuntimeException e) {
      throw new DamagedFileException("is damaged: its schema cannot be read", e);
    }
  }

  private static void requireColumnData(FileMetaData footer) throws IOException {
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        if (!chunk.isSetMeta_data()) {
          throw new DamagedFileException("is damaged: a column lacks its description");
        }
      }
    }
  }

  private static Map<String, ParquetColumn> columns(List<SchemaElement> elements) {
    Map<String, ParquetColumn> columns = new LinkedHashMap<>();
    int at = 1; // the first is the whole row
    while (at < elements.size()) {
      columns.put(elements.get(at).getName(), ParquetColumn.of(elements, at));
      at = behind(elements, at);
    }
    return columns;
  }

  /** The place behind an element and all that is in it. */
  private static int behind(List<SchemaElement> elements, int at) {
    int open = 1;
    int next = at;
    while (open > 0) {
      open += elements.get(next++).getNum_children() - 1;
    }
    return next;
  }

  @Override
  public Map<String, ColumnType> columns() {
    Map<String, ColumnType> types = new LinkedHashMap<>();
    columns.forEach((name, column) -> types.put(name, column.type()));
    return types;
  }

  @Override
  public List<RecordPart> parts(long bytes) {
    List<RecordPart> parts = new ArrayList<>();
    int from = 0;
    long inPart = 0;
    for (int group = 0; group < footer.getRow_groupsSize(); group++) {
      inPart += size(footer.getRow_groups().get(group));
      if (inPart >= bytes) {
        parts.add(new RecordPart(from, group + 1L));
        from = group + 1;
        inPart = 0;
      }
    }
    if (from < footer.getRow_groupsSize()) {
      parts.add(new RecordPart(from, footer.getRow_groupsSize()));
    }
    return parts;
  }

  /** Packed bytes of all columns, which not every writer writes down. */
  private static long size(RowGroup group) {
    long bytes = 0;
    for (ColumnChunk chunk : group.getColumns()) {
      bytes += Math.max(0, chunk.getMeta_data().getTotal_compressed_size());
    }
    return bytes;
  }

  @Override
  public void read(RecordPart part, List<String> wanted, RowConsumer rows) throws IOException {
    List<ParquetColumn> read =
        wanted.stream()
            .map(columns::get)
            .map(column -> column.type().kind() == Kind.OTHER ? null : column)
            .collect(Collectors.toList()); // holds nulls
    long row = 0;
    for (int group = 0; group < part.to(); group++) {
      RowGroup rowGroup = footer.getRow_groups().get(group);
      if (group >= part.from()) {
        new RowGroupReader(file, rowGroup, read).read(row, rows);
      }
      row += rowGroup.getNum_rows();
    }
  }
}
