package io.towerbeam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.schemas.Champion;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.Champions;
import java.io.IOException;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Champions where there are no links and no locks. */
class ObjectStoreChampionsTest {
  private final Champions champions = Champions.in(new Folder("memory://bucket/promotions"));

  @BeforeEach
  void setUp() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private int promote(String runId) throws IOException {
    return champions
        .append(
            Champion.newBuilder()
                .setRunId(runId)
                .setRunDirectory("runs/" + runId)
                .setModel("ease")
                .setStarted("2026-03-01T12:00:00Z")
                .build())
        .number();
  }

  @Test
  void oneAfterTheOtherEachGetsANumberAndKeepsIt() throws IOException {
    assertThat(promote("a")).isEqualTo(1);
    assertThat(promote("b")).isEqualTo(2);
    assertThat(promote("b")).isEqualTo(2);
    assertThat(champions.highest().orElseThrow().champion().getRunId()).isEqualTo("b");
    assertThat(champions.folder().create("000002.json", out -> {})).isFalse();
  }
}
