package io.towerbeam.templates.bigquery;

import com.google.api.services.bigquery.model.Table;
import io.towerbeam.pipelines.options.InteractionTableOptions.TableRead;
import io.towerbeam.pipelines.tables.InteractionTable;
import io.towerbeam.schemas.InputFile;
import io.towerbeam.transforms.read.InteractionRow;
import io.towerbeam.transforms.read.InteractionTableFormat;
import io.towerbeam.transforms.read.records.ColumnType;
import java.time.Instant;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A table of BigQuery.
 *
 * @param table its name
 * @param found what the service says of it
 * @param how how its rows are read
 * @param filter the condition that rows are read by; null for all
 */
record BigQueryTable(TableName table, Table found, TableRead how, @Nullable String filter)
    implements InteractionTable {
  @Override
  public String name() {
    return table.toString();
  }

  @Override
  public Map<String, ColumnType> columns() {
    return TableColumns.of(found.getSchema());
  }

  @Override
  public InputFile asInput() {
    return new InputFile(name(), found.getNumBytes(), modified());
  }

  @Override
  public String state() {
    return "%s/%s rows".formatted(modified(), found.getNumRows());
  }

  @Override
  public PTransform<PBegin, PCollection<InteractionRow>> read(InteractionTableFormat format) {
    return ReadTable.of(table, format, how, filter);
  }

  private String modified() {
    return Instant.ofEpochMilli(found.getLastModifiedTime().longValue()).toString();
  }
}
