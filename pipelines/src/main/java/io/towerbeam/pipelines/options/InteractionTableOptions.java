package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** A table of BigQuery that interactions are read from. */
public interface InteractionTableOptions extends PipelineOptions {
  /** What {@code --interactionsTable} accepts. */
  String TABLE = "a table of BigQuery as project:dataset.table";

  @Description(
      "A table of BigQuery, project:dataset.table, one interaction per row. Instead of --input and"
          + " --interactions; its columns are named by the same options")
  @Matches(
      regex = "[a-z][a-z0-9:.-]*[a-z0-9]:[A-Za-z0-9_]+\\.[^:.$@/`\\s]+",
      accepted = TABLE + ", such as my-project:shop.events")
  String getInteractionsTable();

  void setInteractionsTable(String interactionsTable);

  @Description(
      "Which rows of --interactionsTable are read: a condition of SQL on its columns, such as"
          + " event_date >= '2026-01-01'. With --tableRead=direct alone. Default: all")
  String getInteractionsFilter();

  void setInteractionsFilter(String interactionsFilter);

  @Description(
      "How --interactionsTable is read: direct streams the columns from BigQuery's Storage Read API;"
          + " export lets BigQuery write the table to Avro files in --tempLocation and reads these."
          + " Default: direct")
  TableRead getTableRead();

  void setTableRead(TableRead tableRead);

  /** Which state of the table it is; null without a table. */
  @Pinned
  @Description("Which state --interactionsTable was in, by time and rows; found by the launcher")
  String getTableState();

  void setTableState(String tableState);

  /** How a table is read. */
  enum TableRead {
    DIRECT,
    EXPORT
  }
}
