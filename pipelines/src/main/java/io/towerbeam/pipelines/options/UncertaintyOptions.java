package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How much is found out of how sure the numbers are. */
public interface UncertaintyOptions extends PipelineOptions {
  @Description(
      "How often the test users are drawn anew for the 95% intervals of metrics and the comparisons"
          + " of models; 0 for neither")
  @Default.Integer(1000)
  @Range(min = 0, max = 10_000)
  Integer getBootstrapResamples();

  void setBootstrapResamples(Integer bootstrapResamples);
}
