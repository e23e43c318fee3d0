package io.towerbeam.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How lists are judged. */
public interface EvaluationOptions extends PipelineOptions {
  @Description(
      "Length of the lists that metrics are measured at; of several, the first is the"
          + " leaderboard's")
  @Default.InstanceFactory(TopTen.class)
  @Range(min = 1, max = 1000)
  List<Integer> getK();

  void setK(List<Integer> k);

  /** Lists of ten. */
  class TopTen implements DefaultValueFactory<List<Integer>> {
    @Override
    public List<Integer> create(PipelineOptions options) {
      return List.of(10);
    }
  }
}
