package io.towerbeam.templates.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.flink.FlinkShell.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job whose worker dies, and of one that must not be published. */
@Tag("nightly")
class TroubledClusterTest {
  @TempDir Path folder;

  @Test
  void aTrainingWhoseTaskManagerIsKilledGoesOnAtANewOneAndEndsInTheSame() throws Exception {
    assertThat(train("direct").exitCode()).isZero();

    try (LocalCluster cluster = LocalCluster.start(folder.resolve("cluster"))) {
      CompletableFuture<Answer> job =
          CompletableFuture.supplyAsync(
              () -> train("flink", "--runner=FlinkRunner", "--flinkMaster=" + cluster.master()));
      awaitFifthEpoch(cluster, job);
      cluster.killTaskManager();
      cluster.addTaskManager();

      Answer answer = job.get(20, TimeUnit.MINUTES);
      assertThat(answer.exitCode()).as(answer.err()).isZero();
      assertThat(cluster.logsOfTaskManagers()).contains("two-tower-hybrid goes on after step");
    }
    SameRun.assertSame(folder.resolve("flink/runs/run"), folder.resolve("direct/runs/run"));
  }

  @Test
  void rejectedRowsAreToldAsElsewhere() throws IOException {
    Path input = SmallFilms.writeInto(folder.resolve("input"));
    Files.writeString(input.resolve("ratings.dat"), "1::2::five::100\n");

    Answer answer;
    try (LocalCluster cluster = LocalCluster.start(folder.resolve("cluster"))) {
      answer =
          FlinkShell.type(
              List.of(
                  "leaderboard",
                  "--models=most-popular",
                  "--runner=FlinkRunner",
                  "--flinkMaster=" + cluster.master(),
                  "--input=" + input,
                  "--shards=2",
                  "--runId=run",
                  "--output=" + folder.resolve("rejected")));
    }

    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).startsWith("towerbeam: nothing was published").contains("five");
    assertThat(folder.resolve("rejected/runs/run").resolve("_SUCCESS")).doesNotExist();
  }

  private static void awaitFifthEpoch(LocalCluster cluster, CompletableFuture<Answer> job)
      throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    try {
      watch.scheduleWithFixedDelay(
          () -> {
            if (job.isDone() || log(cluster).contains("two-tower-hybrid epoch 5/")) {
              reached.countDown();
            }
          },
          0,
          100,
          TimeUnit.MILLISECONDS);
      assertThat(reached.await(10, TimeUnit.MINUTES)).as("training has begun").isTrue();
    } finally {
      watch.shutdownNow();
    }
    assertThat(job).as("the job is still in training").isNotDone();
  }

  private static String log(LocalCluster cluster) {
    try {
      return cluster.logsOfTaskManagers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer train(String output, String... runner) {
    return FlinkShell.train(folder.resolve(output), 60, runner);
  }
}
