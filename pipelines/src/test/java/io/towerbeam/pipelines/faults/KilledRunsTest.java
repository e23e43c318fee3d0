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
import java.time.Instant;
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

  private static final String PARAMETERS =
      "--modelParameters=two-tower-hybrid.epochs=3,two-tower-hybrid.batchSize=512,"
          + "two-tower-hybrid.checkpointSeconds=0";
  private static final String ALS_TOO = ",als.checkpointSeconds=0";

  @TempDir Path temp;
  private MicroSample sample;

  @BeforeEach
  void setUp() throws IOException {
    sample = MicroSample.in(temp.resolve("data"));
  }

  @Test
  void aLeaderboardKilledAgainAndAgainEndsAsAnUndisturbedOne() throws Exception {
    killAgainAndAgain(leaderboard(), FEW);
  }

  @Test
  void aTrainingKilledAgainAndAgainEndsAsAnUndisturbedOne() throws Exception {
    killAgainAndAgain(training(), FEW);
  }

  @Test
  @Tag("nightly")
  void manyKilledLeaderboardsEndAsAnUndisturbedOne() throws Exception {
    killOnceEach(leaderboard(), MANY);
  }

  @Test
  @Tag("nightly")
  void manyKilledTrainingsEndAsAnUndisturbedOne() throws Exception {
    killOnceEach(training(), MANY);
  }

  private static List<String> leaderboard() {
    return List.of("leaderboard", "--models=most-popular,als," + TOWERS, PARAMETERS + ALS_TOO);
  }

  private static List<String> training() {
    return List.of("train", "--model=" + TOWERS, PARAMETERS);
  }

  /**
   * An undisturbed run.
   *
   * @param contents what it made
   * @param claimed nanoseconds from its process' start until it had claimed the run
   * @param ended nanoseconds until it had ended
   */
  private record Calm(RunContents contents, long claimed, long ended) {
    /**
     * The {@code kill}th of so many random instants, which are spread over the time of its work.
     */
    Duration instant(int kill, int kills, CounterRandom random) {
      double share = (kill + random.nextUnit()) / kills;
      return Duration.ofNanos((long) (claimed + share * (ended - claimed)));
    }
  }

  private Calm calm(List<String> workflow) throws Exception {
    Path output = temp.resolve("calm");
    Instant began = Instant.now();
    OtherProcess.Ended ended = start(workflow, output).end();
    long duration = Duration.between(began, Instant.now()).toNanos();
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(ExitCode.DONE);
    Path run = output.resolve("runs/r");
    Instant claim = Files.getLastModifiedTime(run.resolve("claim.json")).toInstant();
    return new Calm(RunContents.of(run), Duration.between(began, claim).toNanos(), duration);
  }

  /**
   * A run that is killed at an instant of each attempt that is later than that of the attempt
   * before. If one ends first, as on a machine that has less to do than it had, another run takes
   * the kills that are left, twice as early.
   */
  private void killAgainAndAgain(List<String> workflow, int kills) throws Exception {
    Calm calm = calm(workflow);
    CounterRandom random = CounterRandom.of(SEED, kills);
    int runs = 1;
    int divisor = 1;
    for (int kill = 0; kill < kills; ) {
      Path output = temp.resolve("killed-" + runs);
      Duration delay = calm.instant(kill, kills, random).dividedBy(divisor);
      if (start(workflow, output).killAfter(delay)) {
        isPublished(output);
        kill++;
      } else {
        assertEndsAs(calm, workflow, output);
        runs++;
        divisor *= 2;
      }
    }
    assertEndsAs(calm, workflow, temp.resolve("killed-" + runs));
    print(kills, workflow, runs == 1 ? "one run" : runs + " runs", calm);
  }

  /** So many runs, each killed once. */
  private void killOnceEach(List<String> workflow, int kills) throws Exception {
    Calm calm = calm(workflow);
    CounterRandom random = CounterRandom.of(SEED, kills);
    for (int kill = 0; kill < kills; kill++) {
      Path output = temp.resolve("killed-" + kill);
      Duration delay = calm.instant(kill, kills, random);
      while (!start(workflow, output).killAfter(delay)) {
        deleteAll(output); // it was faster than that
        delay = delay.dividedBy(2);
      }
      isPublished(output);
      assertEndsAs(calm, workflow, output);
      deleteAll(output);
    }
    print(kills, workflow, kills + " runs", calm);
  }

  private void assertEndsAs(Calm calm, List<String> workflow, Path output) throws IOException {
    Answer again = Shell.type(words(workflow, output).toArray(String[]::new));
    assertThat(again.exitCode()).as(again.toString()).isEqualTo(ExitCode.DONE);
    assertThat(RunContents.of(output.resolve("runs/r"))).isEqualTo(calm.contents);
    assertThat(output.resolve("all_experiments_results.csv")).content().contains("\nr,");
  }

  private static void print(int kills, List<String> workflow, String runs, Calm calm) {
    System.out.printf(
        "kills: %d of %s of %s, which takes %.1f s, results equal%n",
        kills, runs, workflow.get(0), calm.ended / 1e9);
  }

  /** Whether it came so far. If not, there must be nothing to read. */
  private static boolean isPublished(Path output) throws IOException {
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

  private OtherProcess start(List<String> workflow, Path output) throws IOException {
    return OtherProcess.start(temp.resolve("output.txt"), words(workflow, output));
  }

  private List<String> words(List<String> workflow, Path output) {
    List<String> words = new ArrayList<>(workflow);
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
