package io.towerbeam.pipelines.launcher;

import io.towerbeam.pipelines.launcher.TextTable.Column;
import io.towerbeam.pipelines.options.OptionSpec;
import io.towerbeam.pipelines.options.OptionSpecs;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/** Options as a table for people: default, range and effect, under a heading per group. */
public final class OptionHelp {
  private static final List<Column> COLUMNS =
      List.of(Column.text(30), Column.text(20), Column.text(14), Column.text(44));

  private OptionHelp() {}

  /** The options that {@code type} declares, with those that it takes from elsewhere. */
  public static List<String> of(Class<? extends PipelineOptions> type) {
    TextTable table = table();
    addOptions(table, type);
    return table.lines("");
  }

  static TextTable table() {
    TextTable table = new TextTable(COLUMNS);
    table.add(List.of("option", "default", "range", "effect"));
    return table;
  }

  static void addOptions(TextTable table, Class<? extends PipelineOptions> type) {
    String group = "";
    for (OptionSpec option : OptionSpecs.of(type).visible()) {
      if (!option.group().equals(group)) {
        group = option.group();
        addHeading(table, group);
      }
      String standard = option.isRequired() ? "(required)" : option.defaultText();
      table.add(
          List.of("  --" + option.name(), standard, option.type().span(), option.description()));
    }
  }

  static void addHeading(TextTable table, String heading) {
    table.add(List.of("", "", "", ""));
    table.add(List.of(heading, "", "", ""));
  }
}
