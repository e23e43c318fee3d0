package io.towerbeam.transforms.read;

import io.towerbeam.transforms.read.records.RecordKind;
import java.io.Serializable;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.display.HasDisplayData;

/**
 * What the columns of a catalogue in Avro or Parquet mean. Other columns of plain values go to
 * {@code attributes}.
 *
 * @param kind of what kind the files are
 * @param idColumn the column of item ids
 * @param titleColumn the column of titles; empty if there is none
 * @param categoriesColumn the column of categories, as a list or as text with {@code |} between
 *     them; empty if there is none
 */
public record ItemRecordFormat(
    RecordKind kind, String idColumn, String titleColumn, String categoriesColumn)
    implements Serializable, HasDisplayData {
  /** What stands between categories in text. */
  static final String CATEGORY_SEPARATOR = "|";

  /**
   * Makes sure that a file has the columns.
   *
   * @throws InputException if one is missing or of another type
   */
  void check(RecordTable table) {
    table.require(idColumn, ColumnUse.ID);
    if (!titleColumn.isEmpty()) {
      table.require(titleColumn, ColumnUse.TITLE);
    }
    if (!categoriesColumn.isEmpty()) {
      table.require(categoriesColumn, ColumnUse.CATEGORIES);
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("kind", kind.name()))
        .add(DisplayData.item("idColumn", idColumn))
        .add(DisplayData.item("titleColumn", titleColumn))
        .add(DisplayData.item("categoriesColumn", categoriesColumn));
  }
}
