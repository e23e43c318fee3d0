package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.CatalogueOptions;
import io.towerbeam.transforms.read.ColumnUse;
import io.towerbeam.transforms.read.ItemRecordFormat;
import io.towerbeam.transforms.read.ReadItemRecords;
import io.towerbeam.transforms.read.ReadItems;
import io.towerbeam.transforms.read.RecordFiles;
import io.towerbeam.transforms.read.records.RecordKind;
import java.util.List;
import org.apache.beam.sdk.values.PBegin;

/**
 * A catalogue as Avro or Parquet.
 *
 * @param pattern the files
 * @param format what is in them
 */
record RecordItems(String pattern, ItemRecordFormat format) implements ItemSource {
  /** By the column names of the options; looks into the files' schemas. */
  static RecordItems of(String pattern, RecordKind kind, CatalogueOptions options) {
    RecordColumns columns = new RecordColumns(RecordFiles.tables(pattern, kind));
    return new RecordItems(
        pattern,
        new ItemRecordFormat(
            kind,
            options.getItemIdColumn(),
            columns.has(options.getTitleColumn()) ? options.getTitleColumn() : "",
            columns.has(options.getCategoriesColumn()) ? options.getCategoriesColumn() : ""));
  }

  @Override
  public void validate() {
    RecordColumns columns = new RecordColumns(RecordFiles.tables(pattern, format.kind()));
    columns.require("itemIdColumn", format.idColumn(), ColumnUse.ID);
    if (!format.titleColumn().isEmpty()) {
      columns.require("titleColumn", format.titleColumn(), ColumnUse.TITLE);
    }
    if (!format.categoriesColumn().isEmpty()) {
      columns.require("categoriesColumn", format.categoriesColumn(), ColumnUse.CATEGORIES);
    }
  }

  @Override
  public List<String> patterns() {
    return List.of(pattern);
  }

  @Override
  public ReadItems.Result read(PBegin begin) {
    return begin.apply("ReadItems", ReadItemRecords.from(pattern, format));
  }
}
