package io.towerbeam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.pipelines.options.WorkflowOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {
  @Test
  void aSlashAtTheEndOfTheOutputMakesNoDifference() {
    assertThat(new RunDirectory("gs://bucket/out/", "r1"))
        .isEqualTo(new RunDirectory("gs://bucket/out", "r1"));
    assertThat(new RunDirectory("gs://bucket/out/", "r1").files().model("ease").path())
        .isEqualTo("gs://bucket/out/runs/r1/model/ease");
  }

  @Test
  void optionsWithoutARunIdNameNoRun() {
    WorkflowOptions options = PipelineOptionsFactory.as(WorkflowOptions.class);
    assertThatThrownBy(() -> RunDirectory.of(options)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void jobNamesAreWhatDataflowTakes() {
    String name = JobName.of(new RunDirectory("out", "Train_2026.01.31-" + "x".repeat(80)));
    assertThat(name)
        .matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])")
        .startsWith("towerbeam-train-2026-01");
    assertThat(JobName.of(new RunDirectory("out", "r1")))
        .isEqualTo(JobName.of(new RunDirectory("out/", "r1")))
        .isNotEqualTo(JobName.of(new RunDirectory("elsewhere", "r1")));
  }
}
