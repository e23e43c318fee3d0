package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PublishedRunsExtension.class)
class RecommendWorkflowTest {
  @TempDir static Path files;
  private static PublishedRunsFixture runs;

  @BeforeAll
  static void take(PublishedRunsFixture published) {
    runs = published;
  }

  private static List<String> items(Recommendation list) {
    return list.getItems().stream().map(RecommendedItem::getItemId).toList();
  }

  @Test
  void withoutMoreTheChampionServesAllUsersAsItDidInItsOwnRun() throws IOException {
    Answer answer = runs.mustRun("recommend", Stream.of("--runId=all", "--k=3"));
    Map<String, Recommendation> lists = runs.lists("all", "ease");
    assertThat(lists).containsOnlyKeys("u", "v", "w");
    assertThat(lists.get("u")).isEqualTo(runs.lists("c", "ease").get("u"));
    assertThat(lists.get("v")).isEqualTo(runs.lists("c", "ease").get("v"));
    assertThat(answer.out())
        .contains("u: Gamma (1992)\n")
        .contains("v: Beta Station (1991)\n")
        .contains("Lists of 3 users by ease of run c: ");
    assertThat(runs.run("all").resolve("manifest.json")).content().contains("\"model\" : \"c\"");
    assertThat(runs.run("all").resolve("_SUCCESS")).exists();
  }

  @Test
  void chosenUsersGetTheListsOfTheTrainingRunAndStrangersThePopularOnes() throws IOException {
    Map<String, Recommendation> trained = runs.lists("s", PublishedRunsFixture.TOWERS);
    List<String> known = trained.keySet().stream().sorted().limit(40).toList();
    Path file =
        SmallData.write(
            files.resolve("users.txt"),
            Stream.concat(known.stream(), Stream.of("", " stranger ")).toList());
    runs.mustRun(
        "recommend", Stream.of("--model=" + runs.run("s"), "--users=" + file, "--runId=some"));
    Map<String, Recommendation> lists = runs.lists("some", PublishedRunsFixture.TOWERS);
    assertThat(lists).hasSize(41).containsKeys(known.toArray(String[]::new));
    for (String user : known) {
      assertThat(items(lists.get(user))).as(user).isEqualTo(items(trained.get(user)));
    }
    List<RecommendedItem> popular = lists.get("stranger").getItems();
    assertThat(popular).hasSize(10);
    assertThat(popular)
        .isSortedAccordingTo((a, b) -> Double.compare(b.getScore(), a.getScore()))
        .allSatisfy(item -> assertThat(item.getScore()).isGreaterThan(1));
  }

  @Test
  void givenInteractionsCountBesideWhatTheRunKnows() throws IOException {
    Path given =
        SmallData.write(
            files.resolve("given.csv"),
            List.of("who,what,ts", "new,b,200000", "u,c,200000", "far,unheard-of,1000"));
    runs.mustRun(
        "recommend",
        Stream.of(
            "--runId=given",
            "--k=3",
            "--interactions=" + given,
            "--userColumn=who",
            "--itemColumn=what",
            "--timeColumn=ts",
            "--timeUnit=milliseconds"));
    Map<String, Recommendation> lists = runs.lists("given", "ease");
    assertThat(lists).containsOnlyKeys("new", "u", "far");
    assertThat(items(lists.get("new"))).containsExactly("a", "c"); // w, u: who has b has a
    assertThat(items(lists.get("u"))).isEmpty(); // a and b from the run, c from the file
    assertThat(items(lists.get("far"))).containsExactly("a", "b", "c"); // by popularity
    assertThat(runs.run("given").resolve("manifest.json"))
        .content()
        .contains("\"interactions_with_unknown_item\" : 1")
        .contains("\"lists\" : 3");
  }

  @Test
  void badRowsFailTheRun() throws IOException {
    Path given =
        SmallData.write(files.resolve("bad.csv"), List.of("user_id,item_id,timestamp", "u,a,noon"));
    Answer answer = runs.run("recommend", "--runId=bad", "--interactions=" + given);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("1 of 1 rows were rejected").contains("u,a,noon");
    assertThat(runs.run("bad").resolve("_SUCCESS")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--model=cc; --model=cc: no such run; known are ; did you mean c?",
        "--model=/no/where; --model=/no/where: no such run; known are ",
        "--model=c; --modelName: give one of the models of run c: als, ease; models",
        "--model=c --modelName=asl; --modelName=asl: give one of; did you mean als?",
        "--model=begun; --model=begun: that run is not finished, it has no _SUCCESS; another one",
        "--model=other; --model=other: that run has no model: name a run of train; known are",
        "--users=/no/users.txt; --users=/no/users.txt: give a file that is there; comma",
        "--interactions=/no/file.csv; /no/file.csv: no such file; no",
        "--interactions=a.csv --input=b; --input and --interactions exclude each other; one",
        "--items=ITEMS; --items: ease knows the items alone that it was fitted on; sees items' content",
        "--k=0; --k=0: give a whole number from 1; 1000",
      })
  void whatCannotWorkIsSaidBeforeAnythingRuns(String options, String says, String andSays)
      throws IOException {
    Files.createDirectories(runs.run("begun"));
    Files.writeString(runs.run("begun").resolve("claim.json"), "{}");
    Files.createDirectories(runs.run("other"));
    Files.writeString(runs.run("other").resolve("_SUCCESS"), "");
    Answer answer =
        runs.run(
            "recommend",
            Stream.concat(
                    Stream.of("--runId=no"),
                    Stream.of(
                        options
                            .replace("ITEMS", runs.output().resolve("items.csv").toString())
                            .split(" ")))
                .toArray(String[]::new));
    assertThat(answer.err()).contains(says).contains(andSays).hasLineCount(1);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(runs.run("no")).doesNotExist();
  }

  @Test
  void aModelServesGivenUsersWithoutTheTrainSideOfItsRun() throws IOException {
    Path moved = files.resolve("moved");
    for (String part : List.of("index", "model/als", "features")) {
      Path folder = Files.createDirectories(moved.resolve(part));
      for (Path file : Files.list(runs.run("c").resolve(part)).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    for (String file : List.of("claim.json", "manifest.json", "_SUCCESS")) {
      Files.copy(runs.run("c").resolve(file), moved.resolve(file));
    }
    Answer all = runs.run("recommend", "--model=" + moved, "--runId=no");
    assertThat(all.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(all.err()).contains("the train side of that run is gone").hasLineCount(1);
    Path given =
        SmallData.write(
            files.resolve("one.csv"), List.of("user_id,item_id,timestamp", "new,b,200"));
    runs.mustRun(
        "recommend",
        Stream.of("--model=" + moved, "--interactions=" + given, "--runId=moved", "--k=3"));
    assertThat(items(runs.lists("moved", "als").get("new"))).hasSize(2).doesNotContain("b");
  }

  @Test
  void withoutAChampionOneMustBeNamed(@TempDir Path empty) {
    Answer answer = Shell.type("recommend", "--output=" + empty);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            ("towerbeam: --model: there is no champion in %s yet: run train on your own data, or"
                    + " name a run; there is none yet that has a model\n")
                .formatted(empty));
  }
}
