package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.Trial;
import io.towerbeam.transforms.files.AvroFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuneWorkflowTest {
  private static final String MODEL = "power-of-popularity";

  @TempDir Path temp;

  private Answer tune(String runId, String... more) {
    Stream<String> given =
        Stream.of("tune", "--model=" + MODEL, "--output=" + temp, "--runId=" + runId);
    return Shell.type(Stream.concat(given, Stream.of(more)).toArray(String[]::new));
  }

  /** Thirty users, seventeen items, and a split at time 100. */
  private record SmallLog(List<String> upToSplit, List<String> whole) {
    static SmallLog make() {
      List<String> early = new ArrayList<>(List.of("user_id,item_id,rating,timestamp"));
      List<String> late = new ArrayList<>();
      for (int user = 0; user < 30; user++) {
        for (int event = 0; event < 12; event++) {
          int item = (user * 7 + event * event * (1 + user % 3)) % 17;
          if (event < 9) {
            early.add("u%d,i%d,3,%d".formatted(user, item, user % 4 + event * 10));
          } else {
            late.add("u%d,i%d,3,%d".formatted(user, item % 3, 101 + event));
          }
        }
      }
      return new SmallLog(early, Stream.of(early, late).flatMap(List::stream).toList());
    }
  }

  private Answer onSmallLog(String runId, List<String> rows, String... more) throws IOException {
    Path file = SmallData.write(temp.resolve("interactions.csv"), rows);
    List<String> options = new ArrayList<>(SmallData.SPLIT);
    options.addAll(List.of("--interactions=" + file, "--shards=2"));
    options.addAll(List.of(more));
    return tune(runId, options.toArray(String[]::new));
  }

  private Path trialsOf(String runId) {
    return temp.resolve("runs").resolve(runId).resolve("trials");
  }

  /** The trials of a file but for what the fits took. */
  private static List<Trial> trials(Path file) throws IOException {
    List<Trial> trials = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      AvroFiles.read(in, Trial.class, trials::add);
    }
    trials.forEach(trial -> trial.setSeconds(0));
    return trials;
  }

  private List<Trial> trials(String runId) throws IOException {
    return trials(trialsOf(runId).resolve("trials.avro"));
  }

  @Test
  void aSearchOnTheSampleEndsWithALineThatTheLeaderboardTakes() throws IOException {
    Answer answer = tune("r", "--trials=6");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(trials("r")).hasSize(6);
    Trial best = trials("r").get(0);
    assertThat((Double) best.getParameters().get("power")).isPositive();
    List<String> lines = answer.out().lines().toList();
    assertThat(lines).anyMatch(line -> line.matches(" *trial +power +hit_rate@10 .* seconds"));
    assertThat(lines).anyMatch(line -> line.matches(" *0 +-1 +[0-9. ]+"));
    String line =
        lines.stream().filter(text -> text.startsWith("Best: ")).findFirst().orElseThrow();
    String option = line.substring("Best: ".length());
    assertThat(option).startsWith("--modelParameters=" + MODEL + ".power=");
    assertThat(Double.parseDouble(option.substring(option.lastIndexOf('=') + 1)))
        .isEqualTo(best.getParameters().get("power"));
    assertThat(
            Shell.type("leaderboard", "--models=" + MODEL, "--output=" + temp, "--runId=l", option)
                .exitCode())
        .isEqualTo(ExitCode.DONE);

    Answer again = tune("r", "--trials=6");
    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(again.out()).contains("is finished and left as it is").contains(line);
  }

  @Test
  void aKilledSearchRunsOnlyTheTrialsThatAreMissing() throws IOException {
    String space = "--searchSpace=power=-1|-0.5|0|1";
    List<String> rows = SmallLog.make().whole();
    onSmallLog("r", rows, "--search=grid", space);
    List<Trial> whole = trials("r");
    assertThat(whole).extracting(Trial::getTrial).hasSize(4).endsWith(2);
    assertThat(whole.get(3).getFailure()).isEqualTo("all items are the same");
    // what a kill leaves behind; and a mark, by which a trial that is taken as it is can be told
    Files.delete(trialsOf("r").resolveSibling("_SUCCESS"));
    Files.delete(trialsOf("r").resolve("trial-0003.avro"));
    Path kept = trialsOf("r").resolve("trial-0001.avro");
    Trial marked = Trial.newBuilder(trials(kept).get(0)).setSeed(7).build();
    try (OutputStream out = Files.newOutputStream(kept)) {
      AvroFiles.write(out, Trial.class, List.of(marked));
    }
    Answer again = onSmallLog("r", rows, "--search=grid", space);
    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(again.out()).contains("1 of 4 trials failed; trial 2: all items are the same");
    List<Trial> expected =
        whole.stream().map(trial -> trial.getTrial() == 1 ? marked : trial).toList();
    assertThat(trials("r")).isEqualTo(expected);
  }

  @Test
  void aSearchOfWhichNothingComesFails() throws IOException {
    String broken = "--modelParameters=" + MODEL + ".broken=true";
    Answer answer = onSmallLog("r", SmallLog.make().whole(), "--trials=5", broken);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .contains("trial 0: all items are the same")
        .contains("and 2 more trials failed");
    assertThat(trialsOf("r").resolveSibling("_SUCCESS")).doesNotExist();
  }

  @Test
  void whatLiesAfterTheSplitIsNotLookedAt() throws IOException {
    SmallLog log = SmallLog.make();
    String[] options = {"--k=2,5", "--metric=recall"};
    assertThat(onSmallLog("all", log.whole(), options).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(onSmallLog("early", log.upToSplit(), options).exitCode()).isEqualTo(ExitCode.DONE);

    assertThat(trials("early")).isEqualTo(trials("all")).hasSize(20);
    assertThat(trials("all").get(0).getMetrics().get("recall@5")).isPositive();
    for (String file : List.of("index/items-00000-of-00001.avro", "features/feature-spec.avro")) {
      assertThat(trialsOf("early").resolveSibling(file))
          .hasSameBinaryContentAs(trialsOf("all").resolveSibling(file));
    }
  }

  @Test
  void aTuningSplitWithoutTestUsersIsAClearError() throws IOException {
    Answer answer = onSmallLog("r", SmallLog.make().whole(), "--tuneQuantile=1");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("the tuning split has no test users");
  }

  @Test
  void aTrainSideWithoutRowsIsAClearError() throws IOException {
    List<String> late = new ArrayList<>(SmallLog.make().whole());
    late.removeAll(SmallLog.make().upToSplit());
    late.add(0, "user_id,item_id,rating,timestamp");
    Answer answer = onSmallLog("r", late);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("the tuning split has no train users");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--model=most-populr; --model=most-populr: no such model; did you mean most-popular?",
        "--model=most-popular; --model=most-popular: it has no parameters; nothing to search",
        "--metric=ndgc; --metric=ndgc: give one of hit_rate; did you mean ndcg?",
        "--trials=0; --trials=0: give a whole number from 1 to 10000; 10000",
        "--searchSpace=powr=0..1; no such parameter; did you mean power?",
        "--searchSpace=power=0..3; --searchSpace=power=3: give a number from -2.0 to 2.0; power=3",
        "--searchSpace=power=1..0; --searchSpace=power=1..0: give the lower end first; first",
        "--searchSpace=power=-1..1:log; give a lower end above 0; by magnitude",
        "--searchSpace=power=1|2,power=0|1; --searchSpace=power=0|1: it is given twice; once",
        "--searchSpace=power; --searchSpace=power: give parameter=a..b; x|y|z",
        "--modelParameters=power-of-popularity.power=1; --modelParameters fixes all that; power",
      })
  void whatCannotWorkIsSaidBeforeAnythingRuns(String option, String says, String andSays) {
    List<String> words = new ArrayList<>(List.of("tune", "--output=" + temp, option));
    if (!option.startsWith("--model=")) {
      words.add("--model=" + MODEL);
    }
    Answer answer = Shell.type(words.toArray(String[]::new));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).contains(says).contains(andSays).hasLineCount(1);
    assertThat(temp.resolve("runs")).doesNotExist();
  }

  @Test
  void aParameterIsFixedOrSearchedButNotBoth() {
    Answer answer = tune("r", "--searchSpace=power=0|1", "--modelParameters=" + MODEL + ".power=1");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).contains("--modelParameters gives it a fixed value");
  }

  @Test
  void aGridThatIsTooLargeIsRefused() {
    Answer answer = Shell.type("tune", "--search=grid", "--gridPoints=50");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).contains("--gridPoints=50: the grid has ").contains("--trials");
  }
}
