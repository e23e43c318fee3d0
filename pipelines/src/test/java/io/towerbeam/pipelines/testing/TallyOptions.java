package io.towerbeam.pipelines.testing;

import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.pipelines.options.Range;
import io.towerbeam.pipelines.options.WorkflowOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** What the test workflow can be told. */
public interface TallyOptions extends EvaluationOptions, WorkflowOptions {
  @Description("What is tallied")
  @Validation.Required
  String getSubject();

  void setSubject(String subject);

  @Description("Share that is kept")
  @Default.Double(.5)
  @Range(min = 0, max = 1)
  Double getKeptFraction();

  void setKeptFraction(Double keptFraction);

  @Description("How the run ends")
  @Default.Enum("PUBLISHED")
  Ending getEnding();

  void setEnding(Ending ending);

  @Description("Whether the data are made up")
  @Default.Boolean(false)
  Boolean getSynthetic();

  void setSynthetic(Boolean synthetic);

  /** How the run ends. */
  enum Ending {
    PUBLISHED,
    PARTIAL,
    REFUSED,
    FAILED,
    FAILED_AND_THROWN,
    THROWN,
    THROWN_ONCE,
    OUT_OF_MEMORY,
    SILENT,
    REFUSED_WHILE_BUILT
  }
}
