package io.towerbeam.transforms.read;

import io.towerbeam.transforms.read.records.ColumnType;
import io.towerbeam.transforms.read.records.ColumnType.Kind;
import java.util.EnumSet;
import java.util.Set;

/** What a column of Avro or Parquet files is taken for, and what it may hold for that. */
public enum ColumnUse {
  ID("text or whole numbers", EnumSet.of(Kind.TEXT, Kind.WHOLE, Kind.DECIMAL)),
  RATING("numbers", EnumSet.of(Kind.WHOLE, Kind.REAL, Kind.DECIMAL)),
  TIME("whole numbers, timestamps or dates", EnumSet.of(Kind.WHOLE, Kind.TIME)),
  TITLE("text", EnumSet.of(Kind.TEXT)),
  CATEGORIES("text or a list of texts", EnumSet.of(Kind.TEXT, Kind.TEXTS));

  private final String words;
  private final Set<Kind> kinds;

  ColumnUse(String words, Set<Kind> kinds) {
    this.words = words;
    this.kinds = kinds;
  }

  /** Whether a column of {@code type} can be taken so. */
  public boolean accepts(ColumnType type) {
    return kinds.contains(type.kind());
  }

  /** What is accepted. */
  public String words() {
    return words;
  }
}
