package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.InteractionOptions;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.transforms.read.ColumnUse;
import io.towerbeam.transforms.read.InteractionRecordFormat;
import io.towerbeam.transforms.read.ReadInteractionRecords;
import io.towerbeam.transforms.read.ReadInteractions;
import io.towerbeam.transforms.read.RecordFiles;
import io.towerbeam.transforms.read.records.RecordKind;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.values.PBegin;

/**
 * Interactions as Avro or Parquet.
 *
 * @param pattern the files
 * @param format what is in them
 */
record RecordInteractions(String pattern, InteractionRecordFormat format)
    implements InteractionSource {
  /** By the column names of the options; looks into the first file's schema. */
  static RecordInteractions of(String pattern, RecordKind kind, InteractionOptions options) {
    Set<String> columns = RecordFiles.firstTable(pattern, kind).columns().keySet();
    String rating = options.getRatingColumn();
    return new RecordInteractions(
        pattern,
        new InteractionRecordFormat(
            kind,
            options.getUserColumn(),
            options.getItemColumn(),
            columns.contains(rating) ? rating : "",
            options.getTimeColumn(),
            TimeUnit.valueOf(options.getTimeUnit().name())));
  }

  @Override
  public void validate() {
    RecordColumns columns = new RecordColumns(RecordFiles.tables(pattern, format.kind()));
    columns.require("userColumn", format.userColumn(), ColumnUse.ID);
    columns.require("itemColumn", format.itemColumn(), ColumnUse.ID);
    if (!format.ratingColumn().isEmpty()) {
      columns.require("ratingColumn", format.ratingColumn(), ColumnUse.RATING);
    }
    columns.require("timeColumn", format.timeColumn(), ColumnUse.TIME);
  }

  @Override
  public List<String> patterns() {
    return List.of(pattern);
  }

  @Override
  public List<InputColumn> columns() {
    return InputColumns.ofInteractions(
        format.userColumn(), format.itemColumn(), format.ratingColumn(), format.timeColumn());
  }

  @Override
  public ReadInteractions.Result read(PBegin begin) {
    return begin.apply("ReadInteractions", ReadInteractionRecords.from(pattern, format));
  }
}
