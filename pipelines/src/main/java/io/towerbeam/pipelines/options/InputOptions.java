package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** Where interactions and items come from, and what is taken of them. */
public interface InputOptions extends InteractionOptions, CatalogueOptions {
  @Description(
      "A MovieLens folder (1M .dat, 20M, 25M or latest .csv, 100K u.data), or the directory of a"
          + " finished run of prepare, whose options hold unless others are given; told apart by"
          + " their files. Default: a generated sample of films, but none for a scheduled run")
  @PathTo(PathTo.Place.READ_FOLDER)
  String getInput();

  void setInput(String input);

  @Description(
      "CSV files with a header, or Avro or Parquet files, one interaction per row; a path or a"
          + " pattern. Instead of --input")
  @PathTo(PathTo.Place.READ_FILE)
  String getInteractions();

  void setInteractions(String interactions);

  @Description(
      "CSV files with a header, or Avro or Parquet files, one item per row; a path or a pattern."
          + " Goes with --interactions or --interactionsTable")
  @PathTo(PathTo.Place.READ_FILE)
  String getItems();

  void setItems(String items);

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
}
