package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.Range;
import io.towerbeam.pipelines.options.ServingOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** What {@code recommend} can be told. */
public interface RecommendOptions extends WorkflowOptions, ServingOptions {
  @Description("Length of the lists")
  @Default.Integer(10)
  @Range(min = 1, max = 1000)
  Integer getK();

  void setK(Integer k);
}
