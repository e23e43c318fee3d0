package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.DataCheckOptions;
import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.pipelines.options.InputOptions;
import io.towerbeam.pipelines.options.PromotionOptions;
import io.towerbeam.pipelines.options.ResultTableOptions;
import io.towerbeam.pipelines.options.SplitOptions;
import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.options.UncertaintyOptions;
import io.towerbeam.pipelines.options.UnseenOptions;
import io.towerbeam.pipelines.options.VectorIndexOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** What {@code train} can be told. */
public interface TrainOptions
    extends WorkflowOptions,
        InputOptions,
        SplitOptions,
        DataCheckOptions,
        UnseenOptions,
        TrainingOptions,
        EvaluationOptions,
        UncertaintyOptions,
        PromotionOptions,
        VectorIndexOptions,
        ResultTableOptions {
  @Description("The model that is fitted")
  @Default.String("contextual-two-tower")
  String getModel();

  void setModel(String model);

  @Description(
      "What it is fitted on: train, the side up to the split, judged by the test side; or all"
          + " interactions of users with --minTrainInteractions, judged by nothing")
  @Default.Enum("TRAIN")
  TrainOn getTrainOn();

  void setTrainOn(TrainOn trainOn);

  /** What a model is fitted on. */
  enum TrainOn {
    TRAIN,
    ALL
  }
}
