package io.towerbeam.pipelines.report;

import io.towerbeam.pipelines.report.Table.Cell;
import io.towerbeam.pipelines.report.Table.Head;
import io.towerbeam.pipelines.report.Table.Row;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.InputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the data were like, both sides of the split together. */
final class DataTable {
  private DataTable() {}

  static Table of(DataStatistics data) {
    List<Row> rows = new ArrayList<>();
    add(rows, "Interactions", Numbers.whole(data.getInteractions()));
    add(rows, "Users", Numbers.whole(data.getUsers()));
    add(rows, "Items", Numbers.whole(data.getItems()));
    add(rows, "Items of the catalogue", Numbers.whole(data.getCatalogueItems()));
    if (data.getFirstTime() != null && data.getLastTime() != null) {
      add(rows, "First interaction", Numbers.time(data.getFirstTime()));
      add(rows, "Last interaction", Numbers.time(data.getLastTime()));
    }
    add(
        rows,
        "Share of duplicates",
        share(data.getDuplicates(), data.getInteractions() + data.getDuplicates()));
    add(
        rows,
        "Share with an item that the catalogue lacks",
        share(
            data.getInteractionsWithUnknownItem(),
            data.getInteractionsRead() - data.getInteractionsBelowMinRating()));
    add(rows, "Rejected rows", Numbers.whole(data.getRowsRejected()));
    addDrift(data, rows);
    if (!data.getColumns().isEmpty()) {
      add(rows, "Columns", columns(data.getColumns()));
    }
    return new Table("Data", List.of(Head.text("What"), Head.text("Value")), rows);
  }

  private static void addDrift(DataStatistics data, List<Row> rows) {
    boolean isCompared = data.getItemDrift() != null && data.getActivityDrift() != null;
    add(rows, "Compared with run", isCompared ? data.getComparedWith() : "none: it is the first");
    if (isCompared) {
      add(rows, "Drift of items by popularity", Numbers.fixed(data.getItemDrift(), 4));
      add(rows, "Drift of users by activity", Numbers.fixed(data.getActivityDrift(), 4));
    }
  }

  private static String columns(List<InputColumn> columns) {
    return columns.stream()
        .map(column -> column.getUse() + ": " + column.getName())
        .collect(Collectors.joining(", "));
  }

  private static String share(long number, long of) {
    return Numbers.fixed(of == 0 ? 0 : (double) number / of, 4);
  }

  private static void add(List<Row> rows, String what, String value) {
    rows.add(new Row(what, List.of(Cell.text(value))));
  }
}
