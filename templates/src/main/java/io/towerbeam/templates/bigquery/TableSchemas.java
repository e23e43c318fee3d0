package io.towerbeam.templates.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;

/**
 * The schema of the table that holds an Avro schema's records. Arrays are REPEATED, maps REPEATED
 * records of {@code key} and {@code value}, unions with null NULLABLE and all else REQUIRED; enums,
 * and unions of several types, are STRING; docs are descriptions.
 */
final class TableSchemas {
  private static final String REPEATED = "REPEATED";
  private static final String REQUIRED = "REQUIRED";

  private TableSchemas() {}

  /**
   * The schema of a table.
   *
   * @param record of a record
   * @throws IllegalArgumentException if it holds what no table can
   */
  static TableSchema of(Schema record) {
    return new TableSchema().setFields(fields(record));
  }

  private static List<TableFieldSchema> fields(Schema record) {
    return record.getFields().stream()
        .map(field -> field(field.name(), field.doc(), field.schema()))
        .toList();
  }

  private static TableFieldSchema field(String name, String doc, Schema schema) {
    Schema type = withoutNull(schema);
    TableFieldSchema field = new TableFieldSchema().setName(name).setDescription(doc);
    if (type.getType() == Type.MAP) {
      return field
          .setType("RECORD")
          .setMode(REPEATED)
          .setFields(
              List.of(
                  new TableFieldSchema().setName("key").setType("STRING").setMode(REQUIRED),
                  field("value", null, type.getValueType())));
    }
    if (type.getType() == Type.ARRAY) {
      Schema element = type.getElementType();
      if (element.isNullable() || List.of(Type.ARRAY, Type.MAP).contains(element.getType())) {
        throw new IllegalArgumentException(
            "%s: a table has no column for %s".formatted(name, schema));
      }
      return typed(field, element).setMode(REPEATED);
    }
    return typed(field, type).setMode(schema.isNullable() ? "NULLABLE" : REQUIRED);
  }

  private static TableFieldSchema typed(TableFieldSchema field, Schema type) {
    return type.getType() == Type.RECORD
        ? field.setType("RECORD").setFields(fields(type))
        : field.setType(typeName(type));
  }

  private static String typeName(Schema type) {
    LogicalType logical = type.getLogicalType();
    if (logical instanceof LogicalTypes.TimestampMillis
        || logical instanceof LogicalTypes.TimestampMicros) {
      return "TIMESTAMP";
    }
    if (logical instanceof LogicalTypes.Date) {
      return "DATE";
    }
    return switch (type.getType()) {
      case STRING, ENUM, UNION -> "STRING";
      case INT, LONG -> "INTEGER";
      case FLOAT, DOUBLE -> "FLOAT";
      case BOOLEAN -> "BOOLEAN";
      case BYTES, FIXED -> "BYTES";
      default -> throw new IllegalArgumentException("a table has no column for " + type);
    };
  }

  /** What a value is that is there: the schema itself, or what is left of a union. */
  static Schema withoutNull(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(type -> type.getType() != Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : Schema.createUnion(others);
  }
}
