package io.towerbeam.pipelines.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** One champion after another, by models that are better, as good, and worse. */
@TestInstance(Lifecycle.PER_CLASS)
class PromotionGateTest {
  @TempDir static Path temp;
  private MicroSample sample;
  private Answer first;
  private Answer better;
  private Answer equal;
  private Answer worse;
  private Answer forced;
  private Answer back;

  @BeforeAll
  void promote() throws IOException {
    sample = MicroSample.in(temp.resolve("data"));
    first = train("first", "--model=most-popular");
    better = train("better", "--model=ease");
    equal = train("equal", "--model=ease", "--refit=false");
    worse = train("worse", "--model=most-popular");
    assertThat(served("served-1")).isEqualTo("ease");
    forced = train("forced", "--model=most-popular", "--promote=always");
    assertThat(served("served-2")).isEqualTo("most-popular");
    back = Shell.type("rollback", "--output=" + temp.resolve("out"));
    assertThat(served("served-3")).isEqualTo("ease");
  }

  private Answer train(String runId, String... more) {
    return trainInto(temp.resolve("out"), runId, more);
  }

  private Answer trainInto(Path output, String runId, String... more) {
    List<String> words = new ArrayList<>(List.of("train", "--output=" + output));
    words.addAll(sample.options());
    words.add("--runId=" + runId);
    words.addAll(List.of(more));
    return Shell.type(words.toArray(String[]::new));
  }

  /** The model that serves unless another one is named. */
  private String served(String runId) throws IOException {
    Answer answer =
        Shell.type(
            "recommend",
            "--output=" + temp.resolve("out"),
            "--runId=" + runId,
            "--users=u1",
            "--k=3");
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.DONE);
    return json("runs/" + runId + "/manifest.json").at("/options/modelName").asText();
  }

  private JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(temp.resolve("out").resolve(path).toFile());
  }

  private Path run(String runId) {
    return temp.resolve("out/runs").resolve(runId);
  }

  @Test
  void theFirstHasNobodyToBeat() throws IOException {
    assertThat(first.err()).isEmpty();
    assertThat(first.out()).contains("Champion 000001: most-popular of run first\n");
    JsonNode decision = json("runs/first/results/promotion.json");
    assertThat(decision.get("verdict").asText()).isEqualTo("first");
    assertThat(decision.get("champion").isNull()).isTrue();
    assertThat(json("champions/000001.json").get("compared_with").isNull()).isTrue();
  }

  @Test
  void aBetterOneTakesThePlaceAndIsFittedAgainOnAllRows() throws IOException {
    assertThat(better.err()).isEmpty();
    assertThat(better.out())
        .containsPattern(
            "Champion 000002: ease of run better \\(ndcg@10 0\\.\\d{4}, champion-000001-refit 0\\.");
    JsonNode decision = json("runs/better/results/promotion.json");
    assertThat(decision.get("verdict").asText()).isEqualTo("passed");
    assertThat(decision.get("challenger_value").asDouble())
        .isGreaterThan(decision.get("champion_value").asDouble());
    assertThat(decision.get("least_difference").asDouble())
        .isGreaterThan(-decision.get("allowed_loss").asDouble());
    assertThat(json("champions/000002.json").get("compared_with").asInt()).isEqualTo(1);
    assertThat(json("champions/000002.json").at("/metrics/ndcg@10"))
        .isEqualTo(decision.get("challenger_value"));

    JsonNode counts = json("runs/better/manifest.json").get("counts");
    assertThat(counts.get("train_interactions").asInt())
        .isEqualTo(counts.get("interactions_read").asInt() - repeats(counts));
    assertThat(counts.get("test_interactions").asInt()).isZero();
    assertThat(run("better").resolve("gate/model/ease/config.json")).exists();
    assertThat(run("better").resolve("gate/model/champion-000001-refit/config.json")).exists();
    assertThat(run("better").resolve("model")).isDirectoryContaining("glob:**/ease");
  }

  private static int repeats(JsonNode counts) {
    return counts.path("duplicates_collapsed").asInt();
  }

  @Test
  void anEqualOneTakesThePlaceToo() throws IOException {
    assertThat(equal.err()).isEmpty();
    assertThat(equal.out()).contains("Champion 000003: ease of run equal");
    JsonNode decision = json("runs/equal/results/promotion.json");
    assertThat(decision.get("champion_value")).isEqualTo(decision.get("challenger_value"));
    assertThat(decision.get("least_difference").asDouble()).isZero();
    assertThat(run("equal").resolve("gate/model")).doesNotExist(); // no refit: all is in its place
    assertThat(run("equal").resolve("model/champion-000002-refit")).exists();
  }

  @Test
  void aWorseOneIsRefused() throws IOException {
    assertThat(worse.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(worse.out()).contains("Not made the champion: the gate refused it (ndcg@10 0.");
    assertThat(worse.err())
        .startsWith("towerbeam: refused: the champion stays\n  its ndcg@10 is 0.")
        .contains("at a confidence of 0.95 it may be worse by 0.");
    assertThat(json("runs/worse/outcome.json").get("verdict").asText()).isEqualTo("refused");
    assertThat(run("worse").resolve("_SUCCESS")).exists();
    assertThat(run("worse").resolve("model")).doesNotExist();
    assertThat(run("worse").resolve("report/index.html"))
        .content()
        .contains("Champion or not", "The champion stays. Of most-popular:", "it may be worse by");
    Answer again = train("worse", "--model=most-popular");
    assertThat(again.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(again.out()).contains("is finished and left as it is");
  }

  @Test
  void oneThatIsForcedTakesThePlaceAndSaysWhatSpokeAgainstIt() throws IOException {
    assertThat(forced.err()).isEmpty();
    assertThat(forced.out()).contains("Champion 000004: most-popular of run forced");
    JsonNode decision = json("runs/forced/results/promotion.json");
    assertThat(decision.get("verdict").asText()).isEqualTo("forced");
    assertThat(decision.get("reasons")).isNotEmpty();
  }

  @Test
  void anEarlierOneIsBroughtBack() throws IOException {
    assertThat(back.out())
        .isEqualTo("Champion 000005: ease of run equal, which was champion 000003\n");
    assertThat(json("champions/000005.json").get("restores").asInt()).isEqualTo(3);
    Answer none = Shell.type("rollback", "--output=" + temp.resolve("out"), "--to=77");
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err())
        .isEqualTo("towerbeam: --to=77: give the number of a champion, 5 at most\n");
  }

  @Test
  void withoutAnyChampionThereIsNoneToGoBackTo() {
    Answer answer = Shell.type("rollback", "--output=" + temp.resolve("empty"));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).endsWith(": there is no earlier champion to go back to\n");
  }

  @Test
  void whatCannotBeDecidedIsRefusedBeforeAnythingRuns() {
    assertUsage(
        Shell.type(
            "train",
            sample.options().get(0),
            "--output=" + temp.resolve("out"),
            "--bootstrapResamples=99"),
        "--bootstrapResamples=99: --promote=auto needs at least 100");
    assertUsage(
        train("x", "--model=ease", "--trainOn=all"),
        "--trainOn=all judges nothing, so that --promote=auto has nothing to go by");
    assertUsage(
        train("x", "--model=ease", "--holdout=1d", "--splitTime=7"),
        "--holdout and --splitTime exclude each other");
    assertUsage(
        train("x", "--model=ease", "--holdout=soon"),
        "--holdout=soon: give a number of days such as 7d");
    assertThat(run("x")).doesNotExist();
  }

  private static void assertUsage(Answer answer, String start) {
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).startsWith("towerbeam: " + start).hasLineCount(1);
  }

  @Test
  void aChampionThatIsGoneOrDamagedIsToldBeforeAnythingRuns() throws IOException {
    Path output = temp.resolve("damaged");
    assertThat(trainInto(output, "a", "--model=most-popular", "--refit=false").exitCode())
        .isEqualTo(ExitCode.DONE);
    Path config = output.resolve("runs/a/model/most-popular/config.json");
    String whole = Files.readString(config);
    Files.writeString(config, whole.substring(0, whole.length() / 2));
    assertUsage(
        trainInto(output, "b", "--model=ease"),
        "--promote=auto: champion 000001, run a: " + config.getParent());
    Files.writeString(config, whole.replace("\"most-popular\"", "\"no-such-kind\""));
    assertThat(trainInto(output, "b", "--model=ease").err())
        .contains("its model is of kind no-such-kind, which is not on the class path");
    Files.delete(config);
    Answer gone = trainInto(output, "b", "--model=ease");
    assertThat(gone.err())
        .contains("its model is gone from " + config.getParent())
        .contains("name another one by `towerbeam rollback`, or give --promote=always");
    Path record = output.resolve("champions/000001.json");
    Files.writeString(record, "{");
    assertUsage(
        trainInto(output, "b", "--model=ease"),
        "--promote=auto: the record of champion 000001 cannot be read: ");
    assertThat(output.resolve("runs/b")).doesNotExist();

    Answer always = trainInto(output, "b", "--model=ease", "--promote=always", "--refit=false");
    assertThat(always.err()).isEmpty();
    assertThat(always.out()).contains("Champion 000002: ease of run b");
  }

  @Test
  void aRunThatWasCutOffBeforeItWasPublishedKeepsItsNumber() throws IOException {
    Path output = temp.resolve("cut");
    String[] options = {"--model=most-popular", "--refit=false"};
    assertThat(trainInto(output, "a", options).exitCode()).isEqualTo(ExitCode.DONE);
    Files.delete(output.resolve("runs/a/_SUCCESS"));
    assertThat(Shell.type("recommend", "--output=" + output, "--users=u1").err())
        .contains("there is no champion");
    assertThat(trainInto(output, "a", options).out()).contains("Champion 000001");
    assertThat(output.resolve("champions").toFile().list()).containsExactly("000001.json");
  }

  /** A champion that learnt from nothing after the split is judged as it serves. */
  @Test
  void aChampionOfEarlierRowsIsAskedAsItIs() throws IOException {
    Path output = temp.resolve("early");
    List<String> rows = MicroSample.rows();
    int last = rows.size() * 3 / 4;
    Path early = Files.write(temp.resolve("early.csv"), rows.subList(0, last));
    String splitTime = "--splitTime=" + rows.get(last - 1).replaceFirst(".*,", "");
    Path late = temp.resolve("data/interactions.csv");
    run(output, "train", "a", early, "--model=ease", "--trainOn=all", "--promote=always");
    run(output, "train", "b", late, "--model=ease", "--refit=false", splitTime);
    JsonNode decision =
        new ObjectMapper().readTree(output.resolve("runs/b/results/promotion.json").toFile());
    assertThat(decision.get("champion").asText()).isEqualTo("champion-000001");
    assertThat(output.resolve("runs/b/model").toFile().list()).containsExactly("ease");

    // the same lists, made and judged by the workflows that are there for it
    assertThat(Shell.type("recommend", "--output=" + output, "--model=a", "--runId=r").err())
        .isEmpty();
    String lists = "--recommendations=" + output + "/runs/r/recommendations/ease/*.avro";
    run(output, "evaluate", "e", late, lists, splitTime);
    JsonNode judged =
        new ObjectMapper().readTree(output.resolve("runs/e/results/results.json").toFile());
    assertThat(judged.at("/0/metrics/ndcg@10")).isEqualTo(decision.get("champion_value"));
  }

  private void run(Path output, String workflow, String runId, Path log, String... more) {
    List<String> words = new ArrayList<>(List.of(workflow, "--output=" + output));
    words.add("--interactions=" + log);
    words.addAll(sample.options().stream().filter(o -> !o.startsWith("--interactions")).toList());
    words.add("--runId=" + runId);
    words.addAll(List.of(more));
    Answer answer = Shell.type(words.toArray(String[]::new));
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
  }
}
