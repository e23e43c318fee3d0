package io.towerbeam.templates.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import io.towerbeam.transforms.read.records.ColumnType;
import io.towerbeam.transforms.read.records.ColumnType.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What the columns of a table hold. */
final class TableColumns {
  private TableColumns() {}

  /** By name, in order; none for a table without a schema. */
  static Map<String, ColumnType> of(@Nullable TableSchema schema) {
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    if (schema != null && schema.getFields() != null) {
      for (TableFieldSchema field : schema.getFields()) {
        columns.put(field.getName(), type(field));
      }
    }
    return columns;
  }

  private static ColumnType type(TableFieldSchema field) {
    String name = field.getType();
    if ("REPEATED".equals(field.getMode())) {
      return new ColumnType(
          name.equals("STRING") ? Kind.TEXTS : Kind.OTHER, null, "ARRAY<" + name + ">");
    }
    // a DATETIME has no zone: it is taken for UTC
    return switch (name) {
      case "STRING" -> new ColumnType(Kind.TEXT, null, name);
      case "INTEGER", "INT64" -> new ColumnType(Kind.WHOLE, null, name);
      case "FLOAT", "FLOAT64" -> new ColumnType(Kind.REAL, null, name);
      case "NUMERIC", "BIGNUMERIC" -> new ColumnType(Kind.DECIMAL, null, name);
      case "BOOLEAN", "BOOL" -> new ColumnType(Kind.FLAG, null, name);
      case "TIMESTAMP", "DATETIME" -> new ColumnType(Kind.TIME, TimeUnit.MICROSECONDS, name);
      case "DATE" -> new ColumnType(Kind.TIME, TimeUnit.DAYS, name);
      default ->
          new ColumnType(
              Kind.OTHER, null, List.of("RECORD", "STRUCT").contains(name) ? "STRUCT" : name);
    };
  }
}
