package io.towerbeam.templates.launch;

import io.towerbeam.pipelines.options.Matches;
import io.towerbeam.pipelines.options.Range;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** What {@code launch} can be told beside the template's parameters and Beam's own options. */
public interface LaunchOptions extends PipelineOptions {
  @Description("The template: its filled container spec in a bucket")
  @Validation.Required
  @Matches(
      regex = "gs://[a-z0-9][a-z0-9._-]+[a-z0-9]/.+",
      accepted = "the container spec of a template, such as gs://bucket/templates/train.json")
  String getTemplate();

  void setTemplate(String template);

  @Description("Print the request and send nothing")
  @Default.Boolean(false)
  Boolean getDryRun();

  void setDryRun(Boolean dryRun);

  @Description("Let Dataflow check the request and start nothing")
  @Default.Boolean(false)
  Boolean getValidateOnly();

  void setValidateOnly(Boolean validateOnly);

  @Description(
      "Wait for the end of the job, and end with the run's verdict as the workflow itself would")
  @Default.Boolean(false)
  Boolean getWait();

  void setWait(Boolean wait);

  @Description("Seconds between two looks at the job")
  @Default.Double(15)
  @Range(min = 0, max = 3600)
  Double getPollSeconds();

  void setPollSeconds(Double pollSeconds);
}
