package io.towerbeam.templates.bigquery;

import io.towerbeam.transforms.read.InteractionRow;
import io.towerbeam.transforms.read.InteractionTableFormat;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.gcp.bigquery.SchemaAndRecord;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A row of a table from the Avro record that BigQuery gives of it, in an export and directly.
 *
 * @param format what the columns mean; times are counted in their column's own unit
 */
record RowOfRecord(InteractionTableFormat format)
    implements SerializableFunction<SchemaAndRecord, InteractionRow> {
  private static final int DATE_LENGTH = "2026-01-31".length();

  @Override
  public InteractionRow apply(SchemaAndRecord read) {
    return of(read.getRecord());
  }

  InteractionRow of(GenericRecord record) {
    return new InteractionRow(
        text(value(record, format.userColumn())),
        text(value(record, format.itemColumn())),
        time(value(record, format.timeColumn())),
        format.hasRating() ? rating(value(record, format.ratingColumn())) : null);
  }

  /** A text, number, decimal or null. */
  private static @Nullable Object value(GenericRecord record, String column) {
    Schema.Field field = record.getSchema().getField(column);
    Object value = record.get(field.pos());
    return value instanceof ByteBuffer bytes ? decimal(bytes, field.schema()) : value;
  }

  private static BigDecimal decimal(ByteBuffer bytes, Schema schema) {
    Schema type =
        schema.isUnion()
            ? schema.getTypes().stream()
                .filter(choice -> choice.getType() == Schema.Type.BYTES)
                .findFirst()
                .orElseThrow()
            : schema;
    return new Conversions.DecimalConversion().fromBytes(bytes, type, type.getLogicalType());
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      // a NUMERIC has nine digits behind the point, whatever it is used for
      return number.stripTrailingZeros().toPlainString();
    }
    return value == null ? null : value.toString();
  }

  private static @Nullable Double rating(@Nullable Object value) {
    return value == null ? null : Double.valueOf(((Number) value).doubleValue());
  }

  private static @Nullable Long time(@Nullable Object value) {
    if (value instanceof CharSequence civil) {
      return civilTime(civil.toString());
    }
    return value == null ? null : Long.valueOf(((Number) value).longValue());
  }

  /** The microseconds of a DATETIME, or the days of a DATE, that came as text. */
  private static long civilTime(String text) {
    return text.length() == DATE_LENGTH
        ? LocalDate.parse(text).toEpochDay()
        : ChronoUnit.MICROS.between(
            LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC),
            LocalDateTime.parse(text.replace(' ', 'T')));
  }
}
