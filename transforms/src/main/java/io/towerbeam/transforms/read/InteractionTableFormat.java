package io.towerbeam.transforms.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.display.HasDisplayData;

/**
 * What the columns of a table of interactions mean.
 *
 * @param table the table's name: the source of its rows
 * @param userColumn the column of user ids
 * @param itemColumn the column of item ids
 * @param timeColumn the column of times
 * @param ratingColumn the column of ratings; empty if there is none. A null makes a rating NaN
 * @param timeUnit what times are counted in since 1970 in UTC; they are cut to seconds
 */
public record InteractionTableFormat(
    String table,
    String userColumn,
    String itemColumn,
    String timeColumn,
    String ratingColumn,
    TimeUnit timeUnit)
    implements Serializable, HasDisplayData {

  /** The columns that are read: user, item, time and, if there is one, rating. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(userColumn, itemColumn, timeColumn));
    if (hasRating()) {
      columns.add(ratingColumn);
    }
    return columns;
  }

  /** Whether there is a column of ratings. */
  public boolean hasRating() {
    return !ratingColumn.isEmpty();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("table", table))
        .add(DisplayData.item("userColumn", userColumn))
        .add(DisplayData.item("itemColumn", itemColumn))
        .add(DisplayData.item("timeColumn", timeColumn))
        .add(DisplayData.item("ratingColumn", ratingColumn))
        .add(DisplayData.item("timeUnit", timeUnit.name()));
  }
}
