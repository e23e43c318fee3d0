package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** What the columns of interactions are called, and how many rows may be bad. */
public interface InteractionOptions extends InteractionTableOptions {
  @Description("Column of --interactions or --interactionsTable that holds the user's id")
  @Default.String("user_id")
  String getUserColumn();

  void setUserColumn(String userColumn);

  @Description("Column of --interactions or --interactionsTable that holds the item's id")
  @Default.String("item_id")
  String getItemColumn();

  void setItemColumn(String itemColumn);

  @Description(
      "Column of --interactions or --interactionsTable that holds the rating; may be absent")
  @Default.String("rating")
  String getRatingColumn();

  void setRatingColumn(String ratingColumn);

  @Description(
      "Column of --interactions or --interactionsTable that holds the time, counted from 1970 in"
          + " --timeUnit; a timestamp or date of Avro, Parquet or a table has its own unit")
  @Default.String("timestamp")
  String getTimeColumn();

  void setTimeColumn(String timeColumn);

  @Description("Unit of times that are whole numbers; milliseconds are cut to seconds")
  @Default.Enum("SECONDS")
  TimeUnit getTimeUnit();

  void setTimeUnit(TimeUnit timeUnit);

  @Description(
      "Share of the input's rows that may be malformed: they go to dead-letter/, and above this the"
          + " run fails")
  @Default.Double(0)
  @Range(min = 0, max = 1)
  Double getMaxRejectedFraction();

  void setMaxRejectedFraction(Double maxRejectedFraction);

  /** The prepared run that {@code --input} names; null if it names none. */
  @Pinned
  @Description("Which prepared run --input names; found by the launcher")
  String getPreparedRun();

  void setPreparedRun(String preparedRun);

  /** What times are counted in. */
  enum TimeUnit {
    SECONDS,
    MILLISECONDS
  }
}
