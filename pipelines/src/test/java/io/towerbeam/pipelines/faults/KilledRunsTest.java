package io.towerbeam.pipelines.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.random.CounterRandom;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs in a JVM of their own that get SIGKILL at random instants. Before they are run again nobody
 * takes what they left for a result; afterwards it is that of an undisturbed run.
 */
class KilledRunsTest {
  private static final long SEED = Long.getLong("towerbeam.killSeed", 42);
  private static final int FEW = 5;
  private static final int MANY = Integer.getInteger("towerbeam.kills", 200);

  /** Trains in a few dozen steps, and writes a checkpoint at each. */
  private static final String TOWERS = "two-tower-hybrid";

  private static final String TOWER_PARAMETERS =
      "--modelParameters=two-tower-hybrid.epochs=3,two-tower-hybrid.batchSize=512,"
          + "two-tower-hybrid.checkpointSeconds=0";

  @TempDir Path temp;
  private MicroSample sample;

  @BeforeEach
  void setUp() throws IOException {
    sample = MicroSample.in(temp.resolve("data"));
  }

  @Test
  void aKilledLeaderboardEndsAsAnUndisturbedOne() throws Exception {
    killAndRunAgain("leaderboard", FEW, "--models=most-popular,als," + TOWERS);
  }

  @Test
  void aKilledTrainingEndsAsAnUndisturbedOne() throws Exception {
    killAndRunAgain("train", FEW, "--model=" + TOWERS);
  }

  @Test
  @Tag("nightly")
  void manyKilledLeaderboardsEndAsAnUndisturbedOne() throws Exception {
    killAndRunAgain("leaderboard", MANY, "--models=most-popular,als," + TOWERS);
  }

  @Test
  @Tag("nightly")
  void manyKilledTrainingsEndAsAnUndisturbedOne() throws Exception {
    killAndRunAgain("train", MANY, "--model=" + TOWERS);
  }

  private void killAndRunAgain(String workflow, int kills, String models) throws Exception {
    Path calm = temp.resolve("calm");
    long began = System.nanoTime();
    OtherProcess.Ended ended = start(workflow, calm, models).end();
    long duration = System.nanoTime() - began;
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(ExitCode.DONE);
    RunContents expected = RunContents.of(calm.resolve("runs/r"));
    CounterRandom random = CounterRandom.of(SEED, kills);
    int published = 0;
    for (int kill = 0; kill < kills; kill++) {
      Path output = temp.resolve("killed-" + kill);
      kill(workflow, output, models, (kill + random.nextUnit()) / kills * duration);
      published += hasPublished(output) ? 1 : 0;
      Answer again = Shell.type(words(workflow, output, models).toArray(String[]::new));
      assertThat(again.exitCode()).as("kill %d: %s", kill, again).isEqualTo(ExitCode.DONE);
      assertThat(RunContents.of(output.resolve("runs/r"))).as("kill %d", kill).isEqualTo(expected);
      assertThat(output.resolve("all_experiments_results.csv")).content().contains("\nr,");
    }
    System.out.printf(
        "kills: %d of %s over %.1f s, %d of them after it was published, results equal%n",
        kills, workflow, duration / 1e9, published);
  }

  /** Kills a run after so many nanoseconds, or at half the time if it was faster than that. */
  private void kill(String workflow, Path output, String models, double nanos) throws Exception {
    double delay = nanos;
    while (!start(workflow, output, models).killAfter(Duration.ofNanos((long) delay))) {
      deleteAll(output);
      delay /= 2;
    }
  }

  /** Whether it was killed as late as that. If not, there must be nothing to read. */
  private static boolean hasPublished(Path output) throws IOException {
    if (Files.exists(output.resolve("runs/r/_SUCCESS"))) {
      return true;
    }
    assertThat(output.resolve("all_experiments_results.csv")).doesNotExist();
    Answer answer =
        Shell.type("recommend", "--output=" + output, "--model=r", "--modelName=" + TOWERS);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err().lines()).hasSize(1);
    assertThat(answer.err()).startsWith("towerbeam: --model=r: ");
    assertThat(Shell.type("recommend", "--output=" + output).err())
        .startsWith("towerbeam: --model: there is no champion in ");
    return false;
  }

  private OtherProcess start(String workflow, Path output, String models) throws IOException {
    return OtherProcess.start(temp.resolve("output.txt"), words(workflow, output, models));
  }

  private List<String> words(String workflow, Path output, String models) {
    List<String> words = new ArrayList<>(List.of(workflow, models, TOWER_PARAMETERS));
    words.addAll(sample.options());
    words.addAll(List.of("--output=" + output, "--runId=r", "--threads=1"));
    return words;
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
