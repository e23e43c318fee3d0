package io.towerbeam.templates.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.testing.Terminal.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs from a table, by export, and into tables, beside the same from files. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class TablesEndToEndTest {
  private static FakeCloud cloud;

  @BeforeAll
  static void run() throws IOException {
    cloud = FakeCloud.start();
    Shop.putInto(cloud);
    mustRun(
        "train",
        "--model=als",
        "--bootstrapResamples=0",
        "--runId=t",
        "--interactionsTable=" + Shop.EVENTS,
        "--tableRead=export",
        "--items=gs://bkt/in/items.csv",
        "--bigQueryDataset=" + Shop.DATASET);
  }

  private static Answer mustRun(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(Shop.USUAL);
    Answer answer = Shop.type(cloud, all.toArray(String[]::new));
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    return answer;
  }

  @AfterAll
  static void stop() throws IOException {
    cloud.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  void x() {
    System.out.println(cloud.tables().names());
    System.out.println(cloud.buckets().names("bkt", ""));
    System.out.println(cloud.calls().stream().filter(c -> c.startsWith("bigq")).toList());
    for (String name : cloud.tables().names()) {
      System.out.println(name + " " + cloud.tables().rows(name));
    }
  }
}
