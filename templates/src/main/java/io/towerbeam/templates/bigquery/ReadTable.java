package io.towerbeam.templates.bigquery;

import com.google.auto.value.AutoValue;
import io.towerbeam.pipelines.options.InteractionTableOptions.TableRead;
import io.towerbeam.transforms.read.InteractionRow;
import io.towerbeam.transforms.read.InteractionTableFormat;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO.TypedRead;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The rows of a table, in no order. Read directly, the named columns alone leave BigQuery, of the
 * rows that the filter takes; an export writes the whole table to Avro files in {@code
 * --tempLocation}, which are deleted once they are read.
 */
@AutoValue
abstract class ReadTable extends PTransform<PBegin, PCollection<InteractionRow>> {
  private static final long serialVersionUID = 1;

  abstract TableName table();

  abstract InteractionTableFormat format();

  abstract TableRead how();

  abstract @Nullable String filter();

  /**
   * Reads a table.
   *
   * @param filter a condition that rows are read by, with direct reads; null for all
   */
  static ReadTable of(
      TableName table, InteractionTableFormat format, TableRead how, @Nullable String filter) {
    if (filter != null && how != TableRead.DIRECT) {
      throw new IllegalArgumentException("filter %s: an export is of all rows".formatted(filter));
    }
    return new AutoValue_ReadTable(table, format, how, filter);
  }

  @Override
  public PCollection<InteractionRow> expand(PBegin begin) {
    TypedRead<InteractionRow> rows =
        BigQueryIO.read(new RowOfRecord(format()))
            .from(table().reference())
            .withCoder(InteractionRow.coder())
            .withoutValidation(); // which is done before, in fewer words
    return begin.apply("Read" + how(), how() == TableRead.DIRECT ? direct(rows) : export(rows));
  }

  private TypedRead<InteractionRow> direct(TypedRead<InteractionRow> rows) {
    TypedRead<InteractionRow> columns =
        rows.withMethod(TypedRead.Method.DIRECT_READ)
            .withSelectedFields(format().columns().stream().distinct().toList());
    return filter() == null ? columns : columns.withRowRestriction(filter());
  }

  private static TypedRead<InteractionRow> export(TypedRead<InteractionRow> rows) {
    return rows.withMethod(TypedRead.Method.EXPORT).useAvroLogicalTypes();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("table", table().toString()))
        .include("format", format())
        .add(DisplayData.item("how", how().name()))
        .addIfNotNull(DisplayData.item("filter", filter()));
  }
}
