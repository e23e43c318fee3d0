package io.towerbeam.transforms.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.RunFiles;
import java.util.List;
import java.util.Map;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.construction.PTransformTranslation;
import org.apache.beam.sdk.util.construction.PipelineTranslation;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a runner that knows resource hints gets to see. */
class TrainTwoTowerTest {
  private static final String ACCELERATOR = "type:nvidia-l4;count:1;install-nvidia-driver";
  private static final String ACCELERATOR_HINT = "beam:resources:accelerator:v1";
  private static final String MIN_RAM_HINT = "beam:resources:min_ram_bytes:v1";

  private TrainTwoTower train;
  private RunnerApi.Components components;

  @BeforeEach
  void translate() {
    Pipeline pipeline = Pipeline.create();
    PCollectionView<Map<String, Long>> counts =
        pipeline
            .apply(
                "Counts",
                Create.of(List.of(Map.of("train_users", 1L)))
                    .withCoder(MapCoder.of(StringUtf8Coder.of(), VarLongCoder.of())))
            .apply("CountsView", View.asSingleton());
    FitSettings settings =
        new FitSettings(new RunFiles(new Folder("run")), Map.of(), 42, DeviceChoice.AUTO, true, 1);
    train = TrainTwoTower.of(settings, counts).withAccelerator(ACCELERATOR).withMinRam("16GB");
    pipeline
        .apply("Models", Create.of("two-tower-hybrid"))
        .apply("TrainTwoTower", train)
        .get(TrainTwoTower.ARTIFACTS);
    components = PipelineTranslation.toProto(pipeline).getComponents();
  }

  private boolean hasHint(RunnerApi.PTransform transform, String hint) {
    return components
        .getEnvironmentsOrThrow(transform.getEnvironmentId())
        .containsResourceHints(hint);
  }

  private List<RunnerApi.PTransform> parDos() {
    return components.getTransformsMap().values().stream()
        .filter(
            transform ->
                transform.getSpec().getUrn().equals(PTransformTranslation.PAR_DO_TRANSFORM_URN))
        .toList();
  }

  @Test
  void theTrainingStepAndNoOtherAsksForTheAccelerator() {
    assertThat(parDos().stream().filter(step -> hasHint(step, ACCELERATOR_HINT)))
        .extracting(RunnerApi.PTransform::getUniqueName)
        .containsExactly("TrainTwoTower/Train/FitModel");
    assertThat(parDos().stream().filter(step -> hasHint(step, MIN_RAM_HINT))).hasSize(1);
  }

  @Test
  void aShuffleStandsOnEitherSideOfTheTrainingStep() {
    RunnerApi.PTransform fit =
        parDos().stream().filter(step -> hasHint(step, ACCELERATOR_HINT)).findFirst().orElseThrow();
    assertThat(fit.getInputsMap().values().stream().map(this::producerOf))
        .anySatisfy(models -> assertThat(models).startsWith("TrainTwoTower/BeforeTraining/"))
        .allSatisfy(
            producer -> assertThat(producer).containsPattern("BeforeTraining/|CountsView/"));
    for (String output : fit.getOutputsMap().values()) {
      assertThat(consumersOf(output))
          .isNotEmpty()
          .allSatisfy(consumer -> assertThat(consumer).containsPattern("After(Training)?/"));
    }
  }

  private String producerOf(String collection) {
    return components.getTransformsMap().values().stream()
        .filter(transform -> transform.getSubtransformsCount() == 0)
        .filter(transform -> transform.getOutputsMap().containsValue(collection))
        .map(RunnerApi.PTransform::getUniqueName)
        .findFirst()
        .orElseThrow();
  }

  private List<String> consumersOf(String collection) {
    return components.getTransformsMap().values().stream()
        .filter(transform -> transform.getSubtransformsCount() == 0)
        .filter(transform -> transform.getInputsMap().containsValue(collection))
        .map(RunnerApi.PTransform::getUniqueName)
        .toList();
  }

  @Test
  void everySettingIsDisplayed() {
    assertThat(DisplayData.from(train).asMap().keySet())
        .extracting(DisplayData.Identifier::getKey)
        .containsExactlyInAnyOrder(
            "run",
            "seed",
            "device",
            "requireGpu",
            "threads",
            "modelParameters",
            "accelerator",
            "minRam");
  }
}
