package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.CatalogueOptions;
import io.towerbeam.pipelines.options.PathTo;
import io.towerbeam.pipelines.options.Range;
import io.towerbeam.pipelines.options.ResultTableOptions;
import io.towerbeam.pipelines.options.ServingOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** What {@code recommend} can be told. */
public interface RecommendOptions
    extends WorkflowOptions, ServingOptions, CatalogueOptions, ResultTableOptions {
  @Description("Length of the lists")
  @Default.Integer(10)
  @Range(min = 1, max = 1000)
  Integer getK();

  void setK(Integer k);

  @Description(
      "Items that the model was not fitted on, to be in lists and to count in histories beside"
          + " those that it was: CSV files with a header, Avro or Parquet; a path or a pattern. For"
          + " models that see items' content")
  @PathTo(PathTo.Place.READ_FILE)
  String getItems();

  void setItems(String items);
}
