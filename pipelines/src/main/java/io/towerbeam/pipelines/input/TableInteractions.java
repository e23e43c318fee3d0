package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.InteractionOptions;
import io.towerbeam.pipelines.options.InteractionTableOptions.TableRead;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.tables.InteractionTable;
import io.towerbeam.pipelines.tables.Warehouse;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.schemas.InputFile;
import io.towerbeam.transforms.read.ColumnUse;
import io.towerbeam.transforms.read.GatherInteractions;
import io.towerbeam.transforms.read.InteractionTableFormat;
import io.towerbeam.transforms.read.ReadInteractions;
import io.towerbeam.transforms.read.RecordTable;
import io.towerbeam.transforms.read.records.ColumnType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.values.PBegin;

/**
 * Interactions as a table of a warehouse.
 *
 * @param table the table
 * @param format what is in it
 */
record TableInteractions(InteractionTable table, InteractionTableFormat format)
    implements InteractionSource {

  /** By the column names of the options; looks the table up. */
  static TableInteractions of(InteractionOptions options) {
    String name = options.getInteractionsTable();
    InteractionTable table = Warehouse.find("--interactionsTable=" + name).table(options);
    String rating = options.getRatingColumn();
    ColumnType time = table.columns().get(options.getTimeColumn());
    return new TableInteractions(
        table,
        new InteractionTableFormat(
            table.name(),
            options.getUserColumn(),
            options.getItemColumn(),
            options.getTimeColumn(),
            table.columns().containsKey(rating) ? rating : "",
            time != null && time.kind() == ColumnType.Kind.TIME
                ? time.unit()
                : TimeUnit.valueOf(options.getTimeUnit().name())));
  }

  /**
   * Refuses what goes with a table alone where there is none, and what does not go together.
   *
   * @throws UsageException for the first such option
   */
  static void requireTableOptions(InteractionOptions options) {
    if (options.getInteractionsTable() == null) {
      if (options.getInteractionsFilter() != null) {
        throw new UsageException("--interactionsFilter goes with --interactionsTable: give both");
      }
      if (options.getTableRead() != null) {
        throw new UsageException("--tableRead goes with --interactionsTable: give both");
      }
    } else if (options.getTableRead() == TableRead.EXPORT
        && options.getInteractionsFilter() != null) {
      throw new UsageException(
          "--interactionsFilter goes with --tableRead=direct: an export is of whole tables");
    }
  }

  @Override
  public void validate() {
    RecordColumns columns =
        new RecordColumns(List.of(new RecordTable(table.name(), table.columns())));
    columns.require("userColumn", format.userColumn(), ColumnUse.ID);
    columns.require("itemColumn", format.itemColumn(), ColumnUse.ID);
    if (format.hasRating()) {
      columns.require("ratingColumn", format.ratingColumn(), ColumnUse.RATING);
    }
    columns.require("timeColumn", format.timeColumn(), ColumnUse.TIME);
  }

  @Override
  public void nameIn(InteractionOptions options) {
    options.setTableState(table.state());
  }

  @Override
  public List<String> patterns() {
    return List.of();
  }

  @Override
  public List<InputColumn> columns() {
    return InputColumns.ofInteractions(
        format.userColumn(), format.itemColumn(), format.ratingColumn(), format.timeColumn());
  }

  @Override
  public List<InputFile> tables() {
    return List.of(table.asInput());
  }

  @Override
  public ReadInteractions.Result read(PBegin begin) {
    return begin
        .apply("ReadTable", table.read(format))
        .apply("ReadInteractions", GatherInteractions.of(format));
  }
}
