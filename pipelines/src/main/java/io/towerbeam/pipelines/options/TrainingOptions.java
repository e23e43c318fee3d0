package io.towerbeam.pipelines.options;

import io.towerbeam.ml.models.FitContext.DeviceChoice;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** With what settings models are fitted, and on what machine. */
public interface TrainingOptions extends PipelineOptions {
  @Description("Settings of models, such as ease.lambda=30000,als.factors=16")
  @Matches(
      regex = "[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+=.+",
      accepted = "model.parameter=value, or a list such as ease.lambda=30000,als.factors=16")
  List<String> getModelParameters();

  void setModelParameters(List<String> modelParameters);

  @Description(
      "How two-tower models score a pair: dot of the raw vectors, or cosine. Default: dot, as"
          + " published; cosine on the generated sample")
  Scoring getScoring();

  void setScoring(Scoring scoring);

  @Description("Where towers are trained: auto takes a GPU if there is one")
  @Default.Enum("AUTO")
  DeviceChoice getDevice();

  void setDevice(DeviceChoice device);

  @Description("Refuse to train where there is no GPU, rather than train slowly")
  @Default.Boolean(false)
  Boolean getRequireGpu();

  void setRequireGpu(Boolean requireGpu);

  @Description("Threads of a model's arithmetic. Results repeat bit for bit for the same number")
  @Default.Integer(1)
  @Range(min = 1, max = 256)
  Integer getThreads();

  void setThreads(Integer threads);

  @Description(
      "The accelerator that a training worker asks of the runner, such as"
          + " type:nvidia-l4;count:1;install-nvidia-driver")
  @Matches(
      regex = "type:[a-z0-9-]+;count:[1-9][0-9]*(;[a-z0-9:._-]+)*",
      accepted = "type:…;count:… such as type:nvidia-l4;count:1;install-nvidia-driver")
  String getAccelerator();

  void setAccelerator(String accelerator);

  @Description("The memory that a training worker asks of the runner, with its unit, such as 16GB")
  @Matches(regex = "[0-9]+(\\.[0-9]+)? ?([KMGT]i?)?B", accepted = "a size such as 16GB or 24GiB")
  String getTrainingMinRam();

  void setTrainingMinRam(String trainingMinRam);

  /** How two-tower models score a pair. */
  enum Scoring {
    DOT,
    COSINE
  }
}
