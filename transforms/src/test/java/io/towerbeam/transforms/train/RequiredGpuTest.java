package io.towerbeam.transforms.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.Counts;
import io.towerbeam.transforms.write.RunFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A training worker that is to have a GPU. There are no shards here: to open one is an error. */
@ExtendWith(TestPipelineExtension.class)
class RequiredGpuTest {
  @TempDir Path folder;

  @Test
  void theWorkerThatTrainsRefusesWithoutOneBeforeItOpensAShard(TestPipeline pipeline) {
    pipeline
        .apply("Models", Create.of("two-tower-hybrid"))
        .apply(TrainTwoTower.of(settings(), counts(pipeline)));
    assertThatThrownBy(pipeline::run)
        .rootCause()
        .hasMessage("a GPU is required, but the device is set to CPU");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void otherWorkersNeedNone(TestPipeline pipeline) {
    pipeline
        .apply("Models", Create.of("most-popular"))
        .apply(FitRankingModel.of(settings(), counts(pipeline)));
    assertThatThrownBy(pipeline::run).rootCause().message().doesNotContain("GPU");
  }

  private FitSettings settings() {
    RunFiles run = new RunFiles(new Folder(folder.toString()));
    return new FitSettings(run, Map.of(), 42, DeviceChoice.CPU, true, 1);
  }

  private static PCollectionView<Map<String, Long>> counts(TestPipeline pipeline) {
    Map<String, Long> counts =
        Map.of("train_users", 2L, "train_items", 3L, "train_interactions", 3L);
    return pipeline
        .apply("Counts", Create.of(List.of(counts)).withCoder(Counts.MAP_CODER))
        .apply(View.asSingleton());
  }
}
