package io.towerbeam.pipelines.report;

import java.util.List;

/**
 * A table as its template fills it in.
 *
 * @param caption what it shows
 * @param heads the columns, that of the rows' names first
 * @param rows as many cells each as there are columns but for the first
 */
record Table(String caption, List<Head> heads, List<Row> rows) {
  /**
   * A column.
   *
   * @param note in small print below; empty for none
   * @param number whether it holds numbers
   */
  record Head(String text, String note, boolean number) {
    static Head text(String text) {
      return new Head(text, "", false);
    }

    static Head number(String text) {
      return new Head(text, "", true);
    }
  }

  /** A row and the name it has in the first column. */
  record Row(String name, List<Cell> cells) {}

  /**
   * A place.
   *
   * @param note in small print below; empty for none
   * @param number whether it is one
   * @param strong whether it is to stand out
   */
  record Cell(String text, String note, boolean number, boolean strong) {
    static Cell text(String text) {
      return new Cell(text, "", false, false);
    }

    static Cell number(String text) {
      return new Cell(text, "", true, false);
    }
  }
}
