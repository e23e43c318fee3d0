package io.towerbeam.templates.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.templates.flink.FlinkShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole workflows of which each step of ours does its work on each element twice at once. */
class StepsTwiceTest {
  private static final String TOWERS = "--modelParameters=two-tower-hybrid.epochs=1";
  private static final String RESAMPLES = "--bootstrapResamples=100";

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void layOut() throws IOException {
    input = SmallFilms.writeInto(folder.resolve("input"));
  }

  @Test
  void aTrainingLeavesTheFilesOfOne() throws IOException {
    assertSame("train", "--model=two-tower-hybrid", TOWERS, RESAMPLES, "--vectorIndex=VERTEX");
    assertThat(folder.resolve("output/champions").toFile().list()).containsExactly("000001.json");
  }

  @Test
  @Tag("nightly")
  void aLeaderboardLeavesTheFilesOfOne() throws IOException {
    assertSame("leaderboard", "--models=most-popular,als,ease,two-tower-hybrid", TOWERS, RESAMPLES);
  }

  @Test
  @Tag("nightly")
  void aSearchLeavesTheFilesOfOne() throws IOException {
    assertSame("tune", "--model=ease", "--trials=2", "--minTestInteractions=2");
  }

  @Test
  @Tag("nightly")
  void aPreparedRunLeavesTheFilesOfOne() throws IOException {
    assertSame("prepare");
    Files.move(folder.resolve("output"), folder.resolve("prepared"));
    input = folder.resolve("prepared/runs/run");
    Files.move(folder.resolve("once"), folder.resolve("first"));
    assertSame("prepare");
  }

  private void assertSame(String workflow, String... options) throws IOException {
    Path output = folder.resolve("output");
    Answer once = run(output, "DirectRunner", workflow, options);
    assertThat(once.exitCode()).as(once.err()).isZero();
    Files.move(output, folder.resolve("once")); // some files name the folder that they are in
    TwiceFn.elements();
    Answer twice = run(output, TwiceRunner.class.getName(), workflow, options);
    assertThat(twice.exitCode()).as(twice.err()).isZero();
    SameRun.assertSame(output.resolve("runs/run"), folder.resolve("once/runs/run"));
    System.out.printf(
        "twice at once: %d elements of the steps of %s, files equal%n",
        TwiceFn.elements(), workflow);
  }

  private Answer run(Path output, String runner, String workflow, String... options) {
    List<String> words = new ArrayList<>(List.of(workflow));
    words.addAll(Arrays.asList(options));
    words.addAll(
        List.of(
            "--input=" + input,
            "--shards=2",
            "--runId=run",
            "--output=" + output,
            "--runner=" + runner));
    return FlinkShell.type(words);
  }
}
