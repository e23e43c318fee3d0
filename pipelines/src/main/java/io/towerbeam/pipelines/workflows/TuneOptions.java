package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.DataCheckOptions;
import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.pipelines.options.InputOptions;
import io.towerbeam.pipelines.options.Matches;
import io.towerbeam.pipelines.options.Range;
import io.towerbeam.pipelines.options.SplitOptions;
import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** What {@code tune} can be told. */
public interface TuneOptions
    extends WorkflowOptions,
        InputOptions,
        SplitOptions,
        DataCheckOptions,
        TrainingOptions,
        EvaluationOptions {
  /** What {@code --tuneFold} accepts. */
  String FOLDS = "f/F, the f-th of F folds, with f from 1 to F and F from 2, such as 1/4";

  @Description("The model whose parameters are searched")
  @Default.String("two-tower-hybrid")
  String getModel();

  void setModel(String model);

  @Description(
      "How many sets of parameters are tried, the model's defaults among them. Default: 20, or a"
          + " whole grid; fewer if there are no more")
  @Range(min = 1, max = 10_000)
  Integer getTrials();

  void setTrials(Integer trials);

  @Description("How they are found: random draws, or the points of a grid in their order")
  @Default.Enum("RANDOM")
  Search getSearch();

  void setSearch(Search search);

  @Description(
      "The parameters that are searched, and where: a..b draws evenly, or by magnitude if the"
          + " parameter is declared so; a..b:log by magnitude; x|y|z is a choice. Such as"
          + " lambda=1000..1000000,factors=8|16|32. Default: the ranges that the model declares, of"
          + " parameters that --modelParameters does not give")
  @Matches(
      regex = "[A-Za-z0-9_-]+=[^=]+",
      accepted =
          "parameter=a..b, a..b:log or x|y|z, or a list such as"
              + " lambda=1000..1000000,factors=8|16|32")
  List<String> getSearchSpace();

  void setSearchSpace(List<String> searchSpace);

  @Description("Values that a grid has of each range; of whole numbers fewer if there are no more")
  @Default.Integer(5)
  @Range(min = 2, max = 1000)
  Integer getGridPoints();

  void setGridPoints(Integer gridPoints);

  @Description(
      "The quantile of the times in the train side at which it is split once more: parameters are"
          + " judged by what lies between there and the split, and by nothing after it. Default:"
          + " .85, if --tuneReturnDays is not given")
  @Range(min = 0, max = 1)
  Double getTuneQuantile();

  void setTuneQuantile(Double tuneQuantile);

  @Description(
      "Days. Given, parameters are judged by users who come back: by what they took after the first"
          + " gap of more days than these in their rows up to the split, if there are"
          + " --minUserTrainInteractions before it and --minTestInteractions after it. All else is"
          + " train. Takes the place of --tuneQuantile")
  @Range(min = 1, max = 36_500)
  Integer getTuneReturnDays();

  void setTuneReturnDays(Integer tuneReturnDays);

  @Description(
      "f/F: of the users that --tuneReturnDays finds, dealt into F folds by their ids, the f-th fold"
          + " judges. The mean of F runs with the same --seed, one for each f, is judged by all of"
          + " them. Default: 1/2")
  @Matches(regex = "[0-9]{1,4}/[0-9]{1,4}", accepted = FOLDS)
  String getTuneFold();

  void setTuneFold(String tuneFold);

  @Description("The metric that decides which trial is best, at the first --k")
  @Default.String("ndcg")
  String getMetric();

  void setMetric(String metric);

  /** How sets of parameters are found. */
  enum Search {
    RANDOM,
    GRID
  }
}
