package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What data must be like for a run to go on with them: looked at before any model is fitted. */
public interface DataCheckOptions extends PipelineOptions {
  @Description(
      "Interactions that there must be, without those below --minRating and duplicates; with fewer"
          + " the run fails")
  @Default.Long(1)
  @Range(min = 0, max = 1e15)
  Long getMinInteractions();

  void setMinInteractions(Long minInteractions);

  @Description("Users that the interactions must have; with fewer the run fails")
  @Default.Long(1)
  @Range(min = 0, max = 1e15)
  Long getMinUsers();

  void setMinUsers(Long minUsers);

  @Description("Items that the interactions must have; with fewer the run fails")
  @Default.Long(1)
  @Range(min = 0, max = 1e15)
  Long getMinItems();

  void setMinItems(Long minItems);

  @Description("Days that there must be from the first interaction to the last")
  @Default.Double(0)
  @Range(min = 0, max = 100_000)
  Double getMinDays();

  void setMinDays(Double minDays);

  @Description(
      "Days that may have passed from the last interaction to the start of the run. Default: any"
          + " number")
  @Range(min = 0, max = 100_000)
  Double getMaxDaysOld();

  void setMaxDaysOld(Double maxDaysOld);

  @Description(
      "Share of the interactions that may be equal to another in user, item and time; above this the"
          + " run fails")
  @Default.Double(1)
  @Range(min = 0, max = 1)
  Double getMaxDuplicateFraction();

  void setMaxDuplicateFraction(Double maxDuplicateFraction);

  @Description(
      "Share of the interactions whose item the catalogue may lack, whatever --unknownItems does with"
          + " them; above this the run fails")
  @Default.Double(1)
  @Range(min = 0, max = 1)
  Double getMaxUnknownItemFraction();

  void setMaxUnknownItemFraction(Double maxUnknownItemFraction);

  @Description(
      "How far items by number of interactions may have moved since the last published run of this"
          + " workflow in --output: population stability index, .1 is little and .25 much. Default:"
          + " any distance")
  @Range(min = 0, max = 1000)
  Double getMaxItemDrift();

  void setMaxItemDrift(Double maxItemDrift);

  @Description(
      "How far users by number of interactions may have moved since that run, measured in the same"
          + " way. Default: any distance")
  @Range(min = 0, max = 1000)
  Double getMaxActivityDrift();

  void setMaxActivityDrift(Double maxActivityDrift);
}
