package io.towerbeam.transforms.read.records;

import io.towerbeam.transforms.read.records.ColumnType.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** A field of Avro's records: its type, and its values. */
final class AvroColumn {
  private static final int MAX_DEPTH = 200;

  private AvroColumn() {}

  /** What a field of {@code schema} holds; a union with null counts as what else is in it. */
  static ColumnType type(Schema schema) {
    String shown = shown(schema);
    if (schema.getType() == Schema.Type.UNION) {
      List<Schema> others =
          schema.getTypes().stream().filter(s -> s.getType() != Schema.Type.NULL).toList();
      return others.size() == 1 ? type(others.get(0)) : ColumnType.of(Kind.OTHER, shown);
    }
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal) {
      return ColumnType.of(Kind.DECIMAL, shown);
    }
    TimeUnit unit = logical == null ? null : unit(logical.getName());
    if (unit != null) {
      return ColumnType.time(unit, shown);
    }
    return switch (schema.getType()) {
      case STRING, ENUM -> ColumnType.of(Kind.TEXT, shown);
      case INT, LONG -> ColumnType.of(Kind.WHOLE, shown);
      case FLOAT, DOUBLE -> ColumnType.of(Kind.REAL, shown);
      case BOOLEAN -> ColumnType.of(Kind.FLAG, shown);
      case ARRAY ->
          ColumnType.of(
              type(schema.getElementType()).kind() == Kind.TEXT ? Kind.TEXTS : Kind.OTHER, shown);
      default -> ColumnType.of(Kind.OTHER, shown);
    };
  }

  private static String shown(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    return logical == null ? schema.getType().name().toLowerCase(Locale.ROOT) : logical.getName();
  }

  private static TimeUnit unit(String logicalType) {
    return switch (logicalType) {
      case "timestamp-millis", "local-timestamp-millis" -> TimeUnit.MILLISECONDS;
      case "timestamp-micros", "local-timestamp-micros" -> TimeUnit.MICROSECONDS;
      case "timestamp-nanos", "local-timestamp-nanos" -> TimeUnit.NANOSECONDS;
      case "date" -> TimeUnit.DAYS;
      default -> null;
    };
  }

  /** The value at the cursor, see {@link ColumnType}; what is not read is passed over. */
  static Object value(Schema schema, AvroCursor cursor) throws IOException {
    LogicalType logical = schema.getLogicalType();
    switch (schema.getType()) {
      case UNION:
        List<Schema> choices = schema.getTypes();
        return value(choices.get(cursor.choice(choices.size())), cursor);
      case STRING:
        return text(cursor);
      case ENUM:
        return schema.getEnumSymbols().get(cursor.choice(schema.getEnumSymbols().size()));
      case INT, LONG:
        return cursor.whole();
      case FLOAT:
        return cursor.real();
      case DOUBLE:
        return cursor.doubleReal();
      case BOOLEAN:
        return cursor.flag();
      case BYTES, FIXED:
        int length =
            schema.getType() == Schema.Type.BYTES ? cursor.length() : schema.getFixedSize();
        int from = cursor.at();
        cursor.skip(length);
        return logical instanceof LogicalTypes.Decimal decimal && length > 0
            ? new BigDecimal(
                new BigInteger(Arrays.copyOfRange(cursor.bytes(), from, from + length)),
                decimal.getScale())
            : null;
      case ARRAY:
        return texts(schema.getElementType(), cursor);
      default:
        skip(schema, cursor, 0);
        return null;
    }
  }

  private static Object text(AvroCursor cursor) throws IOException {
    int length = cursor.length();
    int from = cursor.at();
    cursor.skip(length);
    return Texts.decode(cursor.bytes(), from, length);
  }

  private static List<Object> texts(Schema element, AvroCursor cursor) throws IOException {
    List<Object> values = new ArrayList<>();
    cursor.blocks(
        () -> {
          Object value = value(element, cursor);
          if (value != null) {
            values.add(value);
          }
        });
    return values;
  }

  /** Passes over a value. */
  static void skip(Schema schema, AvroCursor cursor, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw AvroCursor.damaged("records are nested more than %d deep".formatted(MAX_DEPTH));
    }
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> cursor.skip(1);
      case INT, LONG, ENUM -> cursor.whole();
      case FLOAT -> cursor.skip(Float.BYTES);
      case DOUBLE -> cursor.skip(Double.BYTES);
      case STRING, BYTES -> cursor.skip(cursor.length());
      case FIXED -> cursor.skip(schema.getFixedSize());
      case UNION -> {
        List<Schema> choices = schema.getTypes();
        skip(choices.get(cursor.choice(choices.size())), cursor, depth + 1);
      }
      case ARRAY -> cursor.blocks(() -> skip(schema.getElementType(), cursor, depth + 1));
      case MAP ->
          cursor.blocks(
              () -> {
                cursor.skip(cursor.length());
                skip(schema.getValueType(), cursor, depth + 1);
              });
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          skip(field.schema(), cursor, depth + 1);
        }
      }
    }
  }
}
