package io.towerbeam.transforms.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import io.towerbeam.transforms.read.records.ColumnType;
import io.towerbeam.transforms.read.records.ColumnType.UndecodableText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The values of one row after the other, by the rules that hold for text too. */
final class RecordValues {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> columns;
  private Object[] values;

  RecordValues(List<String> columns) {
    this.columns = columns;
  }

  /** Goes to a row. */
  void set(Object[] row) {
    values = row;
  }

  String id(int column) throws RowFault {
    String id = text(column);
    if (id == null || id.isEmpty()) {
      throw new RowFault(
          RejectionReason.EMPTY_ID, columns.get(column) + (id == null ? " is null" : " is empty"));
    }
    return id;
  }

  /** As text; null if there is no value. */
  String text(int column) throws RowFault {
    return text(values[column], columns.get(column));
  }

  private static String text(Object value, String name) throws RowFault {
    if (value instanceof UndecodableText) {
      throw new RowFault(RejectionReason.BAD_ENCODING, name + " is not UTF-8");
    }
    String text =
        value instanceof BigDecimal number
            ? number.toPlainString()
            : value == null ? null : value.toString();
    if (text != null && text.indexOf('\0') >= 0) {
      throw new RowFault(RejectionReason.NUL_CHARACTER, name + " holds a NUL character");
    }
    if (text != null && text.length() > LineReader.MAX_LINE_BYTES) {
      throw new RowFault(
          RejectionReason.LINE_TOO_LONG,
          "%s is longer than %d characters".formatted(name, LineReader.MAX_LINE_BYTES));
    }
    return text;
  }

  /** As a list of texts, {@code separator} between them where it is one text. */
  List<String> texts(int column, String separator) throws RowFault {
    if (!(values[column] instanceof List<?> list)) {
      String text = text(column);
      return text == null ? List.of() : List.of(text.split(Pattern.quote(separator)));
    }
    List<String> texts = new ArrayList<>();
    for (Object value : list) {
      texts.add(text(value, columns.get(column)));
    }
    return texts;
  }

  /** As text for people: times as dates, nothing as an empty text. */
  String shown(int column, ColumnType type) throws RowFault {
    if (type.kind() != ColumnType.Kind.TIME || values[column] == null) {
      String text = text(column);
      return text == null ? "" : text;
    }
    long value = (Long) values[column];
    return type.unit() == TimeUnit.DAYS
        ? LocalDate.ofEpochDay(value).toString()
        : Instant.EPOCH.plus(value, type.unit().toChronoUnit()).toString();
  }

  /** NaN if there is none. */
  float rating(int column) throws RowFault {
    if (values[column] == null) {
      return Float.NaN;
    }
    float rating = ((Number) values[column]).floatValue();
    if (Float.isNaN(rating)) {
      throw fault(RejectionReason.BAD_RATING, column, "is not a number");
    }
    if (Float.isInfinite(rating)) {
      throw fault(RejectionReason.BAD_RATING, column, "is too large for a number");
    }
    return rating;
  }

  /** Seconds since 1970. */
  long seconds(int column, TimeUnit unit) throws RowFault {
    if (values[column] == null) {
      throw new RowFault(RejectionReason.BAD_TIME, columns.get(column) + " is null");
    }
    long value = (Long) values[column];
    long latest = unit.convert(InteractionParser.LATEST_SECOND, TimeUnit.SECONDS);
    if (value < 0 || value > latest) {
      throw fault(
          RejectionReason.TIME_OUT_OF_RANGE,
          column,
          "is not from 0 to %d, the start of 2100".formatted(latest));
    }
    return unit.toSeconds(value);
  }

  private RowFault fault(RejectionReason reason, int column, String what) {
    return new RowFault(
        reason,
        "%s %s %s"
            .formatted(columns.get(column), RowFault.shown(String.valueOf(values[column])), what));
  }

  /** The record of the row, not taken; the payload is what was read of it, as JSON. */
  RejectedRecord rejected(RowFault fault, String stage, String source, long offset) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      row.put(columns.get(i), values[i] == null ? null : values[i].toString());
    }
    byte[] payload;
    try {
      payload = JSON.writeValueAsString(row).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written", e);
    }
    return fault.toRecord(stage, payload, 0, payload.length, source, offset);
  }
}
