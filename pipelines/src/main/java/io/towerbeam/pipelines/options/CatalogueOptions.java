package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What the columns of a catalogue are called. */
public interface CatalogueOptions extends PipelineOptions {
  @Description("Column of --items that holds the item's id")
  @Default.String("item_id")
  String getItemIdColumn();

  void setItemIdColumn(String itemIdColumn);

  @Description("Column of --items that holds the title; may be absent from the file")
  @Default.String("title")
  String getTitleColumn();

  void setTitleColumn(String titleColumn);

  @Description(
      "Column of --items that holds the categories, with | between them or as a list; may be absent"
          + " from the file")
  @Default.String("genres")
  String getCategoriesColumn();

  void setCategoriesColumn(String categoriesColumn);
}
