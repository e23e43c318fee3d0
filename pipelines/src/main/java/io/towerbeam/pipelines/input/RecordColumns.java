package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.Nearest;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.transforms.read.ColumnUse;
import io.towerbeam.transforms.read.RecordTable;
import io.towerbeam.transforms.read.records.ColumnType;
import java.util.List;
import java.util.Set;

/** Checks the columns that options name against the schemas of files. */
record RecordColumns(List<RecordTable> tables) {
  /**
   * Makes sure that every file has a column and that it holds what is needed.
   *
   * @param option the option that names it, without hyphens
   * @throws UsageException if not
   */
  void require(String option, String column, ColumnUse use) {
    for (RecordTable table : tables) {
      Set<String> known = table.columns().keySet();
      ColumnType type = table.columns().get(column);
      if (type == null) {
        throw new UsageException(
            option,
            column,
            "a column of %s, which has %s".formatted(table.file(), String.join(", ", known)),
            Nearest.to(column, known).orElse(null));
      }
      if (!use.accepts(type)) {
        throw new UsageException(
            option,
            column,
            "a column of %s that holds %s, not %s"
                .formatted(table.file(), use.words(), type.shown()));
      }
    }
  }
}
