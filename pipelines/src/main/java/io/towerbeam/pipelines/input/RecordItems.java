package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.CatalogueOptions;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.transforms.read.ColumnUse;
import io.towerbeam.transforms.read.ItemRecordFormat;
import io.towerbeam.transforms.read.ReadItemRecords;
import io.towerbeam.transforms.read.ReadItems;
import io.towerbeam.transforms.read.RecordFiles;
import io.towerbeam.transforms.read.records.RecordKind;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.values.PBegin;

/**
 * A catalogue as Avro or Parquet.
 *
 * @param pattern the files
 * @param format what is in them
 */
record RecordItems(String pattern, ItemRecordFormat format) implements ItemSource {
  /** By the column names of the options; looks into the first file's schema. */
  static RecordItems of(String pattern, RecordKind kind, CatalogueOptions options) {
    Set<String> columns = RecordFiles.firstTable(pattern, kind).columns().keySet();
    return new RecordItems(
        pattern,
        new ItemRecordFormat(
            kind,
            options.getItemIdColumn(),
            columns.contains(options.getTitleColumn()) ? options.getTitleColumn() : "",
            columns.contains(options.getCategoriesColumn()) ? options.getCategoriesColumn() : ""));
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
  public List<InputColumn> columns() {
    return InputColumns.ofItems(format.idColumn(), format.titleColumn(), format.categoriesColumn());
  }

  @Override
  public ReadItems.Result read(PBegin begin) {
    return begin.apply("ReadItems", ReadItemRecords.from(pattern, format));
  }
}
