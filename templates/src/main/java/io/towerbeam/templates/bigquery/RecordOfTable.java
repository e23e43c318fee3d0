package io.towerbeam.templates.bigquery;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/**
 * Records as rows of the table that {@link TableSchemas} makes of their schema. The same record
 * gives the same row: maps are in order of their keys.
 */
final class RecordOfTable {
  private static final long MICROS_PER_MILLI = 1000;

  private RecordOfTable() {}

  /**
   * A record's row.
   *
   * @param row the Avro schema of the table's rows
   */
  static GenericRecord of(IndexedRecord record, Schema row) {
    GenericRecord made = new GenericData.Record(row);
    for (Schema.Field field : record.getSchema().getFields()) {
      Schema.Field column = row.getField(field.name());
      made.put(column.pos(), value(record.get(field.pos()), field.schema(), column.schema()));
    }
    return made;
  }

  private static Object value(Object value, Schema from, Schema to) {
    Schema type = TableSchemas.withoutNull(from);
    Schema column = TableSchemas.withoutNull(to);
    if (type.getType() == Type.MAP) {
      return entries(value == null ? Map.of() : (Map<?, ?>) value, type, column);
    }
    if (type.getType() == Type.ARRAY) {
      List<Object> elements = new ArrayList<>();
      for (Object element : value == null ? List.of() : (Collection<?>) value) {
        elements.add(value(element, type.getElementType(), column.getElementType()));
      }
      return elements;
    }
    return value == null ? null : single(value, type, column);
  }

  private static Object single(Object value, Schema type, Schema column) {
    return switch (type.getType()) {
      case RECORD -> of((IndexedRecord) value, column);
      case INT, LONG -> whole(value, type);
      case FLOAT, DOUBLE -> ((Number) value).doubleValue();
      case STRING, ENUM, UNION -> value.toString();
      case FIXED -> ByteBuffer.wrap(((GenericFixed) value).bytes());
      default -> value;
    };
  }

  /** A number; microseconds of a timestamp, days of a date. */
  private static Object whole(Object value, Schema type) {
    if (value instanceof Instant time) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
    if (value instanceof LocalDate date) {
      return Math.toIntExact(date.toEpochDay());
    }
    if (type.getLogicalType() instanceof LogicalTypes.Date) {
      return value;
    }
    long number = ((Number) value).longValue();
    return type.getLogicalType() instanceof LogicalTypes.TimestampMillis
        ? MICROS_PER_MILLI * number
        : number;
  }

  private static List<GenericRecord> entries(Map<?, ?> map, Schema type, Schema column) {
    Schema entry = column.getElementType();
    Schema ofValue = entry.getField("value").schema();
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach(
        (key, value) -> sorted.put(key.toString(), value(value, type.getValueType(), ofValue)));
    List<GenericRecord> entries = new ArrayList<>();
    sorted.forEach(
        (key, value) -> {
          GenericRecord made = new GenericData.Record(entry);
          made.put("key", key);
          made.put("value", value);
          entries.add(made);
        });
    return entries;
  }
}
