package io.towerbeam.transforms.read.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** The rows of one row group, a page of each wanted column in memory at a time. */
final class RowGroupReader {
  private static final String WRITER = "parquet-mr version 1.15.2";

  private final ChannelBytes file;
  private final RowGroup group;
  private final List<ParquetColumn> wanted;

  /**
   * @param wanted columns; null for those without values
   */
  RowGroupReader(ChannelBytes file, RowGroup group, List<ParquetColumn> wanted) {
    this.file = file;
    this.group = group;
    this.wanted = wanted;
  }

  /** Gives the rows, the first of which is number {@code firstRow} of the file. */
  void read(long firstRow, RecordFile.RowConsumer rows) throws IOException {
    long count = group.getNum_rows();
    ColumnReader[] readers = new ColumnReader[wanted.size()];
    ColumnDescriptor[] descriptors = new ColumnDescriptor[wanted.size()];
    open(readers, descriptors);
    Object[] values = new Object[wanted.size()];
    for (long row = 0; row < count; row++) {
      decode(
          () -> {
            for (int i = 0; i < values.length; i++) {
              values[i] =
                  readers[i] == null ? null : wanted.get(i).next(readers[i], descriptors[i]);
            }
          });
      rows.row(firstRow + row, values);
    }
  }

  private void open(ColumnReader[] readers, ColumnDescriptor[] descriptors) throws IOException {
    List<Type> types = new ArrayList<>();
    wanted.stream().filter(c -> c != null).forEach(c -> types.add(c.schema()));
    MessageType schema = new MessageType("row", types);
    Map<ColumnDescriptor, PageReader> pages = new HashMap<>();
    for (ColumnDescriptor column : schema.getColumns()) {
      pages.put(column, pages(column));
    }
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            new Pages(pages, group.getNum_rows()), new Nothing(schema), schema, WRITER);
    decode(
        () -> {
          for (int i = 0; i < readers.length; i++) {
            if (wanted.get(i) != null && group.getNum_rows() > 0) {
              descriptors[i] = descriptor(schema, wanted.get(i).schema().getName());
              readers[i] = store.getColumnReader(descriptors[i]);
            }
          }
        });
  }

  private static ColumnDescriptor descriptor(MessageType schema, String name) {
    return schema.getColumns().stream()
        .filter(column -> column.getPath()[0].equals(name))
        .findFirst()
        .orElseThrow();
  }

  private PageReader pages(ColumnDescriptor column) throws IOException {
    List<String> path = Arrays.asList(column.getPath());
    for (ColumnChunk chunk : group.getColumns()) {
      ColumnMetaData data = chunk.getMeta_data();
      if (data != null && path.equals(data.getPath_in_schema())) {
        boolean isFlat = column.getMaxRepetitionLevel() == 0;
        if (isFlat && data.getNum_values() != group.getNum_rows()) {
          throw new DamagedFileException(
              "is damaged: column \"%s\" has %d values in %d rows"
                  .formatted(path.get(0), data.getNum_values(), group.getNum_rows()));
        }
        return new ChunkPages(file, column, data);
      }
    }
    throw new DamagedFileException(
        "is damaged: a row group lacks column \"%s\"".formatted(path.get(0)));
  }

  @FunctionalInterface
  private interface Step {
    void run();
  }

  /** The library throws this and that when bytes make no sense. */
  private static void decode(Step step) throws IOException {
    try {
      step.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      throw new DamagedFileException("is damaged: the values of a page cannot be decoded", e);
    }
  }

  private record Pages(Map<ColumnDescriptor, PageReader> readers, long getRowCount)
      implements PageReadStore {
    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
      return readers.get(column);
    }
  }

  /** Values are asked for one by one, so that nothing needs to be converted. */
  private static final PrimitiveConverter NO_VALUE = new PrimitiveConverter() {};

  /** The shape of the schema alone. */
  private static final class Nothing extends GroupConverter {
    private final GroupType group;

    Nothing(GroupType group) {
      this.group = group;
    }

    @Override
    public Converter getConverter(int field) {
      Type type = group.getType(field);
      return type.isPrimitive() ? NO_VALUE : new Nothing(type.asGroupType());
    }

    @Override
    public void start() {
      // nothing is converted
    }

    @Override
    public void end() {
      // nothing is converted
    }
  }
}
