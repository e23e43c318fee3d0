package io.towerbeam.transforms.read.records;

import java.util.concurrent.TimeUnit;

/**
 * What a column holds. Values are null where the file has none, and otherwise by kind: a String, or
 * {@link UndecodableText}; a Long; a Float or Double; a BigDecimal; a Boolean; a Long in {@link
 * #unit}; a List of Strings.
 *
 * @param kind of what kind
 * @param unit what times are counted in; null for other kinds
 * @param shown the file's own word for it
 */
public record ColumnType(Kind kind, TimeUnit unit, String shown) {
  /** Kinds of values. */
  public enum Kind {
    TEXT,
    WHOLE,
    REAL,
    DECIMAL,
    FLAG,
    TIME,
    TEXTS,
    /** What is not read: its values are null. */
    OTHER
  }

  /** Bytes that should be UTF-8 and are not. */
  public record UndecodableText() {}

  static ColumnType of(Kind kind, String shown) {
    return new ColumnType(kind, null, shown);
  }

  static ColumnType time(TimeUnit unit, String shown) {
    return new ColumnType(Kind.TIME, unit, shown);
  }
}
