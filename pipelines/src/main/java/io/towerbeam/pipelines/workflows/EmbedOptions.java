package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.CatalogueOptions;
import io.towerbeam.pipelines.options.PathTo;
import io.towerbeam.pipelines.options.ResultTableOptions;
import io.towerbeam.pipelines.options.ServingOptions;
import io.towerbeam.pipelines.options.VectorIndexOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import org.apache.beam.sdk.options.Description;

/** What {@code embed} can be told. */
public interface EmbedOptions
    extends WorkflowOptions,
        ServingOptions,
        CatalogueOptions,
        VectorIndexOptions,
        ResultTableOptions {
  @Description(
      "The items, such as the model was not fitted on among them, which count in histories too: CSV"
          + " files with a header, Avro or Parquet; a path or a pattern. Default: those that the"
          + " model was fitted on")
  @PathTo(PathTo.Place.READ_FILE)
  String getItems();

  void setItems(String items);
}
