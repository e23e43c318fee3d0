package io.towerbeam.transforms.read;

import io.towerbeam.transforms.read.records.ColumnType;
import java.util.Map;

/**
 * What the schema of an Avro or Parquet file tells.
 *
 * @param file the file's name
 * @param columns its columns by name, in order
 */
public record RecordTable(String file, Map<String, ColumnType> columns) {
  /**
   * The type of {@code column}.
   *
   * @throws InputException if it is missing, or cannot be taken so
   */
  ColumnType require(String column, ColumnUse use) {
    ColumnType type = columns.get(column);
    if (type == null) {
      throw new InputException(
          "%s: no column \"%s\"; the columns are: %s"
              .formatted(file, column, String.join(", ", columns.keySet())));
    }
    if (!use.accepts(type)) {
      throw new InputException(
          "%s: column \"%s\" holds %s, not %s".formatted(file, column, type.shown(), use.words()));
    }
    return type;
  }
}
