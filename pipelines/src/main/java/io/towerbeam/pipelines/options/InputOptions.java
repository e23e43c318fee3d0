package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Where interactions and items come from, and what is taken of them. */
public interface InputOptions extends PipelineOptions {
  @Description(
      "A MovieLens folder (1M .dat, 20M, 25M or latest .csv, 100K u.data; told apart by its"
          + " files). Default: a generated sample of films")
  String getInput();

  void setInput(String input);

  @Description(
      "CSV files with a header, one interaction per row; a path or a pattern. Instead of --input")
  String getInteractions();

  void setInteractions(String interactions);

  @Description(
      "CSV files with a header, one item per row; a path or a pattern. Goes with --interactions")
  String getItems();

  void setItems(String items);

  @Description("Column of --interactions that holds the user's id")
  @Default.String("user_id")
  String getUserColumn();

  void setUserColumn(String userColumn);

  @Description("Column of --interactions that holds the item's id")
  @Default.String("item_id")
  String getItemColumn();

  void setItemColumn(String itemColumn);

  @Description("Column of --interactions that holds the rating; may be absent from the file")
  @Default.String("rating")
  String getRatingColumn();

  void setRatingColumn(String ratingColumn);

  @Description("Column of --interactions that holds the time, counted from 1970 in --timeUnit")
  @Default.String("timestamp")
  String getTimeColumn();

  void setTimeColumn(String timeColumn);

  @Description("Unit of the times in --interactions; milliseconds are cut to seconds")
  @Default.Enum("SECONDS")
  TimeUnit getTimeUnit();

  void setTimeUnit(TimeUnit timeUnit);

  @Description("Column of --items that holds the item's id")
  @Default.String("item_id")
  String getItemIdColumn();

  void setItemIdColumn(String itemIdColumn);

  @Description("Column of --items that holds the title; may be absent from the file")
  @Default.String("title")
  String getTitleColumn();

  void setTitleColumn(String titleColumn);

  @Description(
      "Column of --items that holds the categories, with | between them; may be absent from the"
          + " file")
  @Default.String("genres")
  String getCategoriesColumn();

  void setCategoriesColumn(String categoriesColumn);

  @Description(
      "Share of the input's rows that may be malformed: they go to dead-letter/, and above this the"
          + " run fails")
  @Default.Double(0)
  @Range(min = 0, max = 1)
  Double getMaxRejectedFraction();

  void setMaxRejectedFraction(Double maxRejectedFraction);

  @Description("Interactions rated lower are left out before the split. Default: all are taken")
  @Range(min = -1e6, max = 1e6)
  Double getMinRating();

  void setMinRating(Double minRating);

  @Description(
      "What is done with interactions whose item the catalogue lacks: keep (with empty content) or"
          + " reject")
  @Default.Enum("KEEP")
  UnknownItems getUnknownItems();

  void setUnknownItems(UnknownItems unknownItems);

  @Description(
      "Files that the training interactions are spread over, by user; more for more workers. Part"
          + " of what makes a run repeatable")
  @Default.Integer(16)
  @Range(min = 1, max = 4096)
  Integer getShards();

  void setShards(Integer shards);

  /** What is done with interactions whose item the catalogue lacks. */
  enum UnknownItems {
    KEEP,
    REJECT
  }

  /** What times are counted in. */
  enum TimeUnit {
    SECONDS,
    MILLISECONDS
  }
}
