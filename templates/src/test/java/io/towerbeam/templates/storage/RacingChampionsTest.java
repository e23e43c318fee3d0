package io.towerbeam.templates.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.testing.Terminal.Answer;
import io.towerbeam.templates.testing.TinyFilms;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two trainings that want to be the first champion of the same bucket. */
class RacingChampionsTest {
  private FakeCloud cloud;
  private Place bucket;

  @BeforeEach
  void start() throws IOException {
    cloud = FakeCloud.start();
    cloud.buckets().create("bkt");
    TinyFilms.files().forEach((name, text) -> cloud.buckets().put("bkt", "in/" + name, text));
    bucket = new BucketFolder(cloud, "bkt", "out");
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  void theOneThatComesLaterIsComparedWithTheOther() throws Exception {
    // neither may write its record before the other has looked for the highest number and wants to
    CyclicBarrier together = new CyclicBarrier(2);
    AtomicInteger writes = new AtomicInteger();
    cloud.before(
        "storage.objects.insert",
        call -> {
          if (call.contains("champions") && writes.incrementAndGet() <= 2) {
            await(together);
          }
        });
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<Answer>> ends =
        threads.invokeAll(List.of(training("one", "most-popular"), training("two", "ease")));
    threads.shutdown();
    int again = 0;
    for (Future<Answer> end : ends) {
      assertThat(end.get().err()).isEmpty();
      assertThat(end.get().exitCode()).isEqualTo(ExitCode.DONE);
      again += end.get().out().contains("Going on: champion 000001, ") ? 1 : 0;
    }
    assertThat(again).isEqualTo(1);
    assertThat(writes).hasValue(3);
    assertThat(cloud.buckets().names("bkt", "out/out/champions/"))
        .containsExactly("out/out/champions/000001.json", "out/out/champions/000002.json");
    assertThat(List.of(runOf("000001"), runOf("000002"))).containsExactlyInAnyOrder("one", "two");
    assertThat(record("000001")).contains("\"compared_with\" : null");
    assertThat(record("000002")).contains("\"compared_with\" : 1");
  }

  private Callable<Answer> training(String runId, String model) {
    return () ->
        bucket.run(
            "train",
            "--input=gs://bkt/in",
            "--refit=false",
            "--shards=2",
            "--bootstrapResamples=100",
            "--promotionMargin=1",
            "--minCoverageRatio=0",
            "--runId=" + runId,
            "--model=" + model);
  }

  private String runOf(String champion) throws IOException {
    return record(champion).replaceAll("(?s).*\"run_id\" : \"([^\"]*)\".*", "$1");
  }

  private String record(String champion) throws IOException {
    return cloud.buckets().text("bkt", "out/out/champions/" + champion + ".json");
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
