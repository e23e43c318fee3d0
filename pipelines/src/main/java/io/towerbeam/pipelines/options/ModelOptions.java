package io.towerbeam.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Which models are fitted, with what settings, and on what machine. */
public interface ModelOptions extends TrainingOptions {
  @Description("The models to fit, a comma between them, or all")
  @Default.InstanceFactory(FirstModels.class)
  List<String> getModels();

  void setModels(List<String> models);

  /** The models that are fitted if none is named. */
  class FirstModels implements DefaultValueFactory<List<String>> {
    @Override
    public List<String> create(PipelineOptions options) {
      return List.of("most-popular", "two-tower-hybrid");
    }
  }
}
