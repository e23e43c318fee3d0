package io.towerbeam.transforms.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.schemas.Champion;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChampionsTest {
  @TempDir Path temp;
  private Champions champions;

  @BeforeEach
  void setUp() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    champions = Champions.in(new Folder(temp.toString()));
  }

  private static Champion of(String runId) {
    return Champion.newBuilder()
        .setRunId(runId)
        .setRunDirectory("runs/" + runId)
        .setModel("ease")
        .setMetrics(Map.of("ndcg@10", .25))
        .setStarted("2026-03-01T12:00:00Z")
        .build();
  }

  @Test
  void withoutAnyRecordThereIsNoChampion() throws IOException {
    assertThat(champions.highest()).isEmpty();
    assertThat(champions.ofRun("a")).isEmpty();
  }

  @Test
  void theLastOneServesAndTheOthersStay() throws IOException {
    assertThat(champions.append(of("a")).label()).isEqualTo("000001");
    assertThat(champions.append(of("b")).label()).isEqualTo("000002");
    assertThat(champions.highest()).contains(new Champions.Numbered(2, of("b")));
    assertThat(champions.ofRun("a")).contains(new Champions.Numbered(1, of("a")));
    assertThat(temp.resolve("champions/000001.json"))
        .hasContent(
            """
            {
              "run_id" : "a",
              "run_directory" : "runs/a",
              "model" : "ease",
              "metrics" : {
                "ndcg@10" : 0.25
              },
              "started" : "2026-03-01T12:00:00Z",
              "compared_with" : null,
              "restores" : null
            }
            """);
  }

  @Test
  void aRunThatHasTheHighestKeepsIt() throws IOException {
    champions.append(of("a"));
    assertThat(champions.append(of("a")).number()).isEqualTo(1);
    champions.append(of("b"));
    assertThat(champions.append(of("b")).number()).isEqualTo(2);
    assertThat(champions.append(of("a")).number()).isEqualTo(3);
  }

  private static Champion after(String runId, Integer comparedWith) {
    return Champion.newBuilder(of(runId)).setComparedWith(comparedWith).build();
  }

  @Test
  void aChallengerGetsTheNumberAfterTheOneThatItWasComparedWith() throws IOException {
    assertThat(champions.promote(after("a", null)).number()).isEqualTo(1);
    assertThat(champions.promote(after("b", 1)).number()).isEqualTo(2);
    assertThat(champions.promote(after("b", 1)).number()).isEqualTo(2);
    assertThatThrownBy(() -> champions.promote(after("c", 1)))
        .isInstanceOf(ChampionChangedException.class)
        .hasMessageStartingWith("champion 000002, ease of run b, came up while");
    assertThatThrownBy(() -> champions.promote(after("c", null)))
        .isInstanceOf(ChampionChangedException.class);
    assertThat(champions.promote(after("c", 2)).number()).isEqualTo(3);
  }

  @Test
  void aChallengerIsComparedWithTheHighestThatIsNotItsOwn() throws IOException {
    assertThat(champions.before("a")).isEmpty();
    champions.promote(after("a", null));
    assertThat(champions.before("a")).isEmpty();
    assertThat(champions.before("b").orElseThrow().number()).isEqualTo(1);
    champions.promote(after("b", 1));
    assertThat(champions.before("b").orElseThrow().number()).isEqualTo(1);
    assertThat(champions.before("a").orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void aRecordServesOnceItsRunIsFinished() throws IOException {
    champions.append(of("a"));
    champions.append(of("b"));
    for (String run : List.of("a", "b")) {
      Files.createDirectories(temp.resolve("runs/" + run));
      Files.writeString(temp.resolve("runs/" + run + "/claim.json"), "{}");
    }
    assertThat(champions.serving()).isEmpty();
    Files.createFile(temp.resolve("runs/a/_SUCCESS"));
    assertThat(champions.serving().orElseThrow().number()).isEqualTo(1);
    Files.createFile(temp.resolve("runs/b/_SUCCESS"));
    assertThat(champions.serving().orElseThrow().number()).isEqualTo(2);
    // a run that is gone is no reason to serve another one in silence
    Files.delete(temp.resolve("runs/b/_SUCCESS"));
    Files.delete(temp.resolve("runs/b/claim.json"));
    assertThat(champions.serving().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void numbersGoOnAfterSixDigits() throws IOException {
    Files.createDirectories(temp.resolve("champions"));
    champions.append(of("a"));
    Files.move(temp.resolve("champions/000001.json"), temp.resolve("champions/999999.json"));
    assertThat(champions.append(of("b")).label()).isEqualTo("1000000");
    assertThat(champions.highest().orElseThrow().champion().getRunId()).isEqualTo("b");
  }

  @Test
  void ofManyAtOnceEachGetsANumberOfItsOwn() throws Exception {
    int threads = 8;
    int each = 5;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Integer>> numbers = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      numbers.add(
          pool.submit(
              () -> {
                start.await();
                for (int run = 0; run < each - 1; run++) {
                  champions.append(of("run-" + number + "-" + run));
                }
                return champions.append(of("last-" + number)).number();
              }));
    }
    List<Integer> last = new ArrayList<>();
    for (Future<Integer> number : numbers) {
      last.add(number.get());
    }
    pool.shutdown();
    assertThat(last).doesNotHaveDuplicates();
    assertThat(champions.highest().orElseThrow().number()).isEqualTo(threads * each);
    assertThat(temp.resolve("champions").toFile().list()).hasSize(threads * each);
  }

  @RepeatedTest(10)
  void ofManyThatWereComparedWithTheSameOneIsPromoted() throws Exception {
    champions.append(of("before"));
    ExecutorService pool = Executors.newFixedThreadPool(8);
    CyclicBarrier start = new CyclicBarrier(8);
    List<Future<Integer>> numbers = new ArrayList<>();
    for (int attempt = 0; attempt < 8; attempt++) {
      Champion challenger = after("run-" + attempt % 4, 1); // each in two attempts
      numbers.add(
          pool.submit(
              () -> {
                start.await();
                try {
                  return champions.promote(challenger).number();
                } catch (ChampionChangedException e) {
                  return 0;
                }
              }));
    }
    int won = 0;
    for (Future<Integer> number : numbers) {
      assertThat(number.get()).isIn(0, 2);
      won += number.get() == 2 ? 1 : 0;
    }
    pool.shutdown();
    assertThat(won).isEqualTo(2);
    assertThat(champions.folder().list("*.json")).hasSize(2);
  }

  @Test
  void aDamagedRecordIsAnError() throws IOException {
    champions.append(of("a"));
    Files.writeString(temp.resolve("champions/000002.json"), "{");
    assertThatThrownBy(champions::highest).isInstanceOf(IOException.class);
  }
}
