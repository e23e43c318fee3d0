package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What {@code rollback} can be told. */
public interface RollbackOptions extends PipelineOptions {
  @Description("The folder that holds all runs")
  @Default.String("./towerbeam-output")
  @PathTo(PathTo.Place.WRITE_FOLDER)
  String getOutput();

  void setOutput(String output);

  @Description(
      "The number of the champion that serves again; without it, the one before the one that serves")
  @Range(min = 1, max = 999_999_999)
  Integer getTo();

  void setTo(Integer to);
}
