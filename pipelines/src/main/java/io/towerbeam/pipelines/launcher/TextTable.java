package io.towerbeam.pipelines.launcher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.text.WordUtils;

/** Lays rows out in columns, with text wrapped inside its cell. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<List<String>>> rows = new ArrayList<>();

  /**
   * A column of at most {@code width} characters.
   *
   * @param alignRight true for numbers
   */
  record Column(int width, boolean alignRight) {
    static Column text(int width) {
      return new Column(width, false);
    }

    static Column number(int width) {
      return new Column(width, true);
    }
  }

  TextTable(List<Column> columns) {
    this.columns = columns;
  }

  /** Adds a row: a cell for every column. */
  void add(List<String> cells) {
    List<List<String>> row = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      row.add(wrap(cells.get(column), columns.get(column).width()));
    }
    rows.add(row);
  }

  /** The lines, each after {@code indent} and without spaces at its end. */
  List<String> lines(String indent) {
    int[] widths = new int[columns.size()];
    for (List<List<String>> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        for (String line : row.get(column)) {
          widths[column] = Math.max(widths[column], line.length());
        }
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<List<String>> row : rows) {
      int height = row.stream().mapToInt(List::size).max().orElse(0);
      for (int line = 0; line < height; line++) {
        lines.add((indent + line(row, line, widths)).stripTrailing());
      }
    }
    return lines;
  }

  private String line(List<List<String>> row, int line, int[] widths) {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < widths.length; column++) {
      List<String> cell = row.get(column);
      String text = line < cell.size() ? cell.get(line) : "";
      String padding = " ".repeat(widths[column] - text.length());
      cells.add(columns.get(column).alignRight() ? padding + text : text + padding);
    }
    return String.join(GAP, cells);
  }

  private static List<String> wrap(String text, int width) {
    String indent = " ".repeat(text.length() - text.stripLeading().length());
    // lists without spaces, such as model names, could not break otherwise
    String spaced = text.length() > width ? text.replaceAll(",(?=\\S)", ", ") : text;
    String wrapped = WordUtils.wrap(spaced.strip(), width - indent.length(), "\n", true);
    return Arrays.stream(wrapped.split("\n")).map(line -> indent + line.strip()).toList();
  }
}
