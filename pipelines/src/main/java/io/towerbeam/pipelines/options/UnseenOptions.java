package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What models are told nothing of, to be judged by items and users that they have not seen. */
public interface UnseenOptions extends PipelineOptions {
  @Description(
      "The share of the train side's items, chosen by --seed, that models are told nothing of. Those"
          + " that make vectors of content rank them for the test users who took some later:"
          + " segment cold_items. 0 for none")
  @Default.Double(0)
  @Range(min = 0, max = .9)
  Double getHeldOutItems();

  void setHeldOutItems(Double heldOutItems);

  @Description(
      "Fit on the train side's other users alone, and tell models what the test users took when"
          + " their lists are made. A model that cannot take that in gives them popular items")
  @Default.Boolean(false)
  Boolean getLeaveOutTestUsers();

  void setLeaveOutTestUsers(Boolean leaveOutTestUsers);
}
