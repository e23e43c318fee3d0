package io.towerbeam.transforms.read;

import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import io.towerbeam.transforms.read.records.ColumnType;
import io.towerbeam.transforms.read.records.ColumnType.Kind;
import io.towerbeam.transforms.read.records.RecordFile;
import io.towerbeam.transforms.read.records.RecordPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * From a catalogue's Avro or Parquet files, given in order, to items and rejected rows. Holds all
 * ids. Not thread-safe.
 */
final class ItemRecordParser {
  private static final String STAGE = ReadItemRecords.class.getSimpleName();

  private final ItemRecordFormat format;
  private final Consumer<Item> items;
  private final Consumer<RejectedRecord> rejected;
  private final Set<String> ids = new HashSet<>();

  ItemRecordParser(
      ItemRecordFormat format, Consumer<Item> items, Consumer<RejectedRecord> rejected) {
    this.format = format;
    this.items = items;
    this.rejected = rejected;
  }

  /** Goes on with {@code file}. */
  void parse(Metadata file) throws IOException {
    String source = file.resourceId().toString();
    RecordFiles.open(
        file.resourceId(), file.sizeBytes(), format.kind(), opened -> parse(opened, source));
  }

  private void parse(RecordFile file, String source) throws IOException {
    format.check(new RecordTable(source, file.columns()));
    List<String> columns = new ArrayList<>();
    file.columns()
        .forEach(
            (name, type) -> {
              if (type.kind() != Kind.OTHER) {
                columns.add(name);
              }
            });
    RecordValues values = new RecordValues(columns);
    for (RecordPart part : file.parts(Long.MAX_VALUE)) {
      file.read(
          part,
          columns,
          (offset, row) -> {
            values.set(row);
            try {
              items.accept(item(values, columns, file.columns()));
            } catch (RowFault fault) {
              rejected.accept(values.rejected(fault, STAGE, source, offset));
            }
          });
    }
  }

  private Item item(RecordValues values, List<String> columns, Map<String, ColumnType> types)
      throws RowFault {
    String id = values.id(columns.indexOf(format.idColumn()));
    String title = "";
    Set<String> categories = new LinkedHashSet<>();
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      if (column.equals(format.titleColumn())) {
        title = values.shown(i, types.get(column));
      } else if (column.equals(format.categoriesColumn())) {
        categories.addAll(values.texts(i, ItemRecordFormat.CATEGORY_SEPARATOR));
      } else if (!column.equals(format.idColumn())) {
        attributes.put(column, attribute(values, i, types.get(column)));
      }
    }
    if (!ids.add(id)) {
      throw new RowFault(
          RejectionReason.DUPLICATE_ID,
          "%s %s stands in the catalogue before; the first is kept"
              .formatted(format.idColumn(), RowFault.shown(id)));
    }
    return ItemParser.item(id, title, categories, attributes);
  }

  private static String attribute(RecordValues values, int column, ColumnType type)
      throws RowFault {
    return type.kind() == Kind.TEXTS
        ? String.join(
            ItemRecordFormat.CATEGORY_SEPARATOR,
            values.texts(column, ItemRecordFormat.CATEGORY_SEPARATOR))
        : values.shown(column, type);
  }
}
