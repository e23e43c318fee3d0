package io.towerbeam.pipelines.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.options.OptionParser;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.workflows.LeaderboardWorkflow;
import io.towerbeam.pipelines.workflows.TrainWorkflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole graph run twice at once on one run directory, past the lock that would refuse it: every
 * DoFn meets each of its elements twice, at about the same time and in any order, as where a runner
 * repeats a bundle that another worker is still at.
 */
class OverlappingAttemptsTest {
  private static final int AT_ONCE = 2;
  private static final int MANY = Integer.getInteger("towerbeam.overlaps", 40);

  private static final String LEADERBOARD = "--models=most-popular,ease,als,two-tower-hybrid";

  /** Each writes a checkpoint at each step. */
  private static final String PARAMETERS =
      "--modelParameters=two-tower-hybrid.epochs=2,two-tower-hybrid.batchSize=512,"
          + "two-tower-hybrid.checkpointSeconds=0";

  @TempDir Path temp;
  private MicroSample sample;

  @BeforeEach
  void setUp() throws Exception {
    sample = MicroSample.in(temp.resolve("data"));
  }

  @Test
  void twoAttemptsAtALeaderboardLeaveTheFilesOfOne() throws Exception {
    overlap(new LeaderboardWorkflow(), 1, LEADERBOARD);
  }

  @Test
  void twoAttemptsAtATrainingLeaveTheFilesOfOne() throws Exception {
    overlap(new TrainWorkflow(), 1, "--model=two-tower-hybrid");
  }

  @Test
  @Tag("nightly")
  void manyOverlappingAttemptsLeaveTheFilesOfOne() throws Exception {
    overlap(new LeaderboardWorkflow(), MANY, LEADERBOARD);
    overlap(new TrainWorkflow(), MANY, "--model=two-tower-hybrid");
  }

  private <O extends WorkflowOptions> void overlap(Workflow<O> workflow, int times, String models)
      throws Exception {
    attempt(workflow, temp.resolve("calm-" + workflow.name()), models);
    RunContents expected = contents("calm-" + workflow.name());
    for (int time = 0; time < times; time++) {
      String output = "twice-%s-%d".formatted(workflow.name(), time);
      atOnce(() -> attempt(workflow, temp.resolve(output), models));
      assertThat(contents(output)).isEqualTo(expected);
      assertThat(temp.resolve(output).resolve("runs/r/_SUCCESS")).exists();
      assertThat(temp.resolve(output).resolve("champions/000002.json")).doesNotExist();
    }
    System.out.printf(
        "overlaps: %d of %s, %d attempts each, files equal%n", times, workflow.name(), AT_ONCE);
  }

  private RunContents contents(String output) throws Exception {
    return RunContents.of(temp.resolve(output).resolve("runs/r"));
  }

  private static void atOnce(Callable<?> attempt) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      CyclicBarrier start = new CyclicBarrier(AT_ONCE);
      List<Future<?>> attempts = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        attempts.add(
            threads.submit(
                () -> {
                  start.await();
                  return attempt.call();
                }));
      }
      for (Future<?> one : attempts) {
        one.get(5, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private <O extends WorkflowOptions> Void attempt(
      Workflow<O> workflow, Path output, String models) {
    List<String> words = new ArrayList<>(sample.options());
    words.addAll(
        List.of(
            models,
            "--output=" + output,
            "--runId=r",
            PARAMETERS + (models.contains("als") ? ",als.checkpointSeconds=0" : "")));
    O options = OptionParser.into(workflow.optionsType()).parse(words);
    options.setStartTime("2026-03-01T12:00:00Z");
    FileSystems.setDefaultPipelineOptions(options);
    Pipeline pipeline = Pipeline.create(options);
    workflow.build(pipeline, options);
    pipeline.run().waitUntilFinish();
    return null;
  }
}
