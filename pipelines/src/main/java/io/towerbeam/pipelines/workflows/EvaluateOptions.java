package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.pipelines.options.InputOptions;
import io.towerbeam.pipelines.options.PathTo;
import io.towerbeam.pipelines.options.ResultTableOptions;
import io.towerbeam.pipelines.options.SplitOptions;
import io.towerbeam.pipelines.options.UncertaintyOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** What {@code evaluate} can be told. */
public interface EvaluateOptions
    extends WorkflowOptions,
        InputOptions,
        SplitOptions,
        EvaluationOptions,
        UncertaintyOptions,
        ResultTableOptions {
  @Description(
      "The lists to judge: Avro files of Recommendation, or CSV files with the columns user_id,"
          + " rank (1 is best) and item_id; a path or a pattern")
  @Validation.Required
  @PathTo(PathTo.Place.READ_FILE)
  String getRecommendations();

  void setRecommendations(String recommendations);

  @Description(
      "The name that the lists' model gets in the results. Default: the one in the file, or else the"
          + " file's name")
  String getModelName();

  void setModelName(String modelName);
}
