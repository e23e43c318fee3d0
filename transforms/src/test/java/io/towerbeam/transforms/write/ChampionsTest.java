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
    assertThat(champions.latest()).isEmpty();
    assertThat(champions.ofRun("a")).isEmpty();
  }

  @Test
  void theLastOneServesAndTheOthersStay() throws IOException {
    assertThat(champions.promote(of("a")).label()).isEqualTo("000001");
    assertThat(champions.promote(of("b")).label()).isEqualTo("000002");
    assertThat(champions.latest()).contains(new Champions.Numbered(2, of("b")));
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
              "started" : "2026-03-01T12:00:00Z"
            }
            """);
  }

  @Test
  void aRunIsPromotedOnce() throws IOException {
    champions.promote(of("a"));
    champions.promote(of("b"));
    assertThat(champions.promote(of("a")).number()).isEqualTo(1);
    assertThat(champions.latest().orElseThrow().champion().getRunId()).isEqualTo("b");
  }

  @Test
  void numbersGoOnAfterSixDigits() throws IOException {
    Files.createDirectories(temp.resolve("champions"));
    champions.promote(of("a"));
    Files.move(temp.resolve("champions/000001.json"), temp.resolve("champions/999999.json"));
    assertThat(champions.promote(of("b")).label()).isEqualTo("1000000");
    assertThat(champions.latest().orElseThrow().champion().getRunId()).isEqualTo("b");
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
                  champions.promote(of("run-" + number + "-" + run));
                }
                return champions.promote(of("last-" + number)).number();
              }));
    }
    List<Integer> last = new ArrayList<>();
    for (Future<Integer> number : numbers) {
      last.add(number.get());
    }
    pool.shutdown();
    assertThat(last).doesNotHaveDuplicates();
    assertThat(champions.latest().orElseThrow().number()).isEqualTo(threads * each);
    assertThat(temp.resolve("champions").toFile().list()).hasSize(threads * each);
  }

  @RepeatedTest(10)
  void ofManyAttemptsAtOneRunOneIsPromoted() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    CyclicBarrier start = new CyclicBarrier(8);
    List<Future<Integer>> numbers = new ArrayList<>();
    for (int attempt = 0; attempt < 8; attempt++) {
      numbers.add(
          pool.submit(
              () -> {
                start.await();
                return champions.promote(of("a")).number();
              }));
    }
    for (Future<Integer> number : numbers) {
      assertThat(number.get()).isEqualTo(1);
    }
    pool.shutdown();
  }

  @Test
  void aDamagedRecordIsAnError() throws IOException {
    champions.promote(of("a"));
    Files.writeString(temp.resolve("champions/000002.json"), "{");
    assertThatThrownBy(champions::latest).isInstanceOf(IOException.class);
  }
}
