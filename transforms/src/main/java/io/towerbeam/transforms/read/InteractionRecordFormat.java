package io.towerbeam.transforms.read;

import io.towerbeam.transforms.read.records.RecordKind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.display.HasDisplayData;

/**
 * What the columns of an interaction log in Avro or Parquet mean.
 *
 * @param kind of what kind the files are
 * @param userColumn the column of user ids
 * @param itemColumn the column of item ids
 * @param ratingColumn the column of ratings; empty if there is none. A null makes a rating NaN
 * @param timeColumn the column of times: timestamps, dates, or whole numbers since 1970 in UTC
 * @param timeUnit what such numbers are counted in, SECONDS or MILLISECONDS; all times are cut to
 *     seconds
 */
public record InteractionRecordFormat(
    RecordKind kind,
    String userColumn,
    String itemColumn,
    String ratingColumn,
    String timeColumn,
    TimeUnit timeUnit)
    implements Serializable, HasDisplayData {

  /**
   * Makes sure that a file has the columns.
   *
   * @throws InputException if one is missing or of another type
   */
  void check(RecordTable table) {
    table.require(userColumn, ColumnUse.ID);
    table.require(itemColumn, ColumnUse.ID);
    if (!ratingColumn.isEmpty()) {
      table.require(ratingColumn, ColumnUse.RATING);
    }
    table.require(timeColumn, ColumnUse.TIME);
  }

  /** The columns that are read: user, item, time and, if there is one, rating. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(userColumn, itemColumn, timeColumn));
    if (!ratingColumn.isEmpty()) {
      columns.add(ratingColumn);
    }
    return columns;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("kind", kind.name()))
        .add(DisplayData.item("userColumn", userColumn))
        .add(DisplayData.item("itemColumn", itemColumn))
        .add(DisplayData.item("ratingColumn", ratingColumn))
        .add(DisplayData.item("timeColumn", timeColumn))
        .add(DisplayData.item("timeUnit", timeUnit.name()));
  }
}
