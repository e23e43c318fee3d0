package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** A dataset of BigQuery that results are loaded into. */
public interface ResultTableOptions extends PipelineOptions {
  @Description(
      "A dataset of BigQuery, project:dataset, that vectors, lists and results of the run are loaded"
          + " into as well, each kind into a table <runId>_<kind>, in place of what is there."
          + " Default: none")
  @Matches(
      regex = "[a-z][a-z0-9:.-]*[a-z0-9]:[A-Za-z0-9_]+",
      accepted = "a dataset of BigQuery as project:dataset, such as my-project:shop")
  String getBigQueryDataset();

  void setBigQueryDataset(String bigQueryDataset);
}
