package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Where time is cut into train and test, and who is counted on either side. */
public interface SplitOptions extends PipelineOptions {
  @Description("The quantile of interaction times at which train ends and test begins")
  @Default.Double(.8)
  @Range(min = 0, max = 1)
  Double getSplitQuantile();

  void setSplitQuantile(Double splitQuantile);

  /** Read it with {@link SplitTime#epochSeconds}. */
  @Description(
      "The last time that still belongs to train: epoch seconds or ISO 8601. Takes the place of"
          + " --splitQuantile")
  @Matches(
      regex = "-?[0-9]{1,18}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+))?",
      accepted = SplitTime.ACCEPTED)
  String getSplitTime();

  void setSplitTime(String splitTime);

  /** Read it with {@link HoldoutSpan}. */
  @Description(
      "What models are judged by: the last days (7d) or hours (36h) before the latest interaction,"
          + " or all after a quantile of the times (quantile:.8). Takes the place of --splitQuantile"
          + " and --splitTime")
  @Matches(regex = HoldoutSpan.FORM, accepted = HoldoutSpan.ACCEPTED)
  String getHoldout();

  void setHoldout(String holdout);

  @Description("Users with fewer interactions before the split are left out of train")
  @Default.Integer(5)
  @Range(min = 1, max = 1_000_000)
  Integer getMinTrainInteractions();

  void setMinTrainInteractions(Integer minTrainInteractions);

  @Description("Users with fewer train interactions are left out of test")
  @Default.Integer(15)
  @Range(min = 1, max = 1_000_000)
  Integer getMinUserTrainInteractions();

  void setMinUserTrainInteractions(Integer minUserTrainInteractions);

  @Description(
      "Users with fewer test interactions, items unknown to train not counted, are left out of"
          + " test")
  @Default.Integer(10)
  @Range(min = 1, max = 1_000_000)
  Integer getMinTestInteractions();

  void setMinTestInteractions(Integer minTestInteractions);
}
