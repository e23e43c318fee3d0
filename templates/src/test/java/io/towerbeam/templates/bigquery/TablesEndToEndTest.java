package io.towerbeam.templates.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.testing.Terminal.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs from a table, by export, and into tables, beside the same from files. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TablesEndToEndTest {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?");
  private static final String SPLIT =
      " --shards=2 --splitTime=100 --minTrainInteractions=1 --minUserTrainInteractions=1"
          + " --minTestInteractions=1";
  private static final String TRAIN =
      "train --model=als --promote=never --k=3 --bootstrapResamples=0 --items=gs://bkt/in/items.csv"
          + SPLIT;
  private static final String FROM_TABLE = " --tableRead=export --interactionsTable=" + Shop.EVENTS;
  private static final String FROM_FILE = " --interactions=gs://bkt/in/events.csv";
  private static final String INTO_TABLES = " --bigQueryDataset=" + Shop.DATASET;

  /** What stood in the run when its tables were loaded. */
  private static final Set<String> BEFORE_LOADS = new ConcurrentSkipListSet<>();

  private static FakeCloud cloud;

  @BeforeAll
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  static void run() throws IOException {
    cloud = FakeCloud.start();
    Shop.putInto(cloud);
    cloud.before(
        "bigquery.jobs.insert",
        path -> BEFORE_LOADS.addAll(cloud.buckets().names("bkt", "out/runs/t/")));
    mustRun(TRAIN + " --runId=t" + FROM_TABLE + INTO_TABLES);
    cloud.refuseNothing();
    mustRun(TRAIN + " --runId=f" + FROM_FILE);
  }

  private static void mustRun(String line) {
    Answer answer = run(line);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
  }

  private static Answer run(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(Shop.COLUMNS);
    return Shop.type(cloud, words);
  }

  @AfterAll
  static void stop() throws IOException {
    cloud.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  void aTableGivesWhatAFileOfTheSameRowsInAnotherOrderGives() throws IOException {
    Set<String> sameBytes = new TreeSet<>();
    for (String name : cloud.buckets().names("bkt", "out/runs/t/")) {
      String twin = name.replace("/runs/t/", "/runs/f/");
      if (name.matches(".*/(data|index|features|model|embeddings|recommendations)/.*")
          && !name.endsWith("config.json")) {
        assertThat(cloud.buckets().bytes("bkt", name))
            .as(name)
            .isEqualTo(cloud.buckets().bytes("bkt", twin));
        sameBytes.add(name);
      }
    }
    assertThat(sameBytes).hasSizeGreaterThan(12);
    assertThat(json("out/runs/t/results/results.json").findValues("metrics"))
        .isEqualTo(json("out/runs/f/results/results.json").findValues("metrics"));
  }

  @Test
  void tablesHoldWhatTheFilesOfTheRunHold() {
    assertTable("t_user_embeddings", "embeddings/als/users", 3);
    assertTable("t_item_embeddings", "embeddings/als/items", 3);
    assertTable("t_recommendations", "recommendations/als", 2);
    List<GenericRecord> results = records("out/runs/t/results/results.avro");
    assertThat(cloud.tables().rows(Shop.DATASET + ".t_results"))
        .extracting(row -> row.get("segment") + " " + row.get("training"))
        .containsExactlyInAnyOrderElementsOf(
            results.stream().map(row -> row.get("segment") + " " + row.get("training")).toList())
        .hasSize(results.size());
  }

  private static void assertTable(String table, String files, int rows) {
    List<GenericRecord> expected =
        cloud.buckets().names("bkt", "out/runs/t/" + files).stream()
            .flatMap(name -> records(name).stream())
            .toList();
    assertThat(texts(cloud.tables().rows(Shop.DATASET + "." + table)))
        .containsExactlyInAnyOrderElementsOf(texts(expected))
        .hasSize(rows);
  }

  @Test
  void tablesAreLoadedBeforeTheRunIsPublished() {
    assertThat(BEFORE_LOADS)
        .anyMatch(name -> name.contains("/recommendations/"))
        .noneMatch(name -> name.endsWith("/_SUCCESS"))
        .noneMatch(name -> name.endsWith("/manifest.json"));
  }

  @Test
  void nothingPassingIsLeft() {
    assertThat(cloud.buckets().names("bkt", "out/temp/")).isEmpty();
  }

  @Test
  void manifestAndClaimNameTheTableAndItsState() throws IOException {
    JsonNode manifest = json("out/runs/t/manifest.json");
    assertThat(manifest.path("inputs").findValuesAsText("path"))
        .containsExactly("gs://bkt/in/items.csv", Shop.EVENTS);
    String state = json("out/runs/t/claim.json").path("options").path("tableState").asText();
    assertThat(state).matches("2026-[-:0-9T]+Z/8 rows");
    assertThat(manifest.path("options").path("tableState").asText()).isEqualTo(state);
    assertThat(cloud.buckets().text("bkt", "out/runs/t/report/index.html")).contains("shop.events");
  }

  @Test
  void aRunOfAnotherStateOfTheTableIsAnother() {
    Shop.addTo(cloud, "w,3,4,104");
    try {
      Answer answer = run(TRAIN + " --runId=t" + FROM_TABLE + INTO_TABLES);
      assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(answer.err())
          .startsWith("towerbeam: --runId=t: that run was made with other options: --tableState=")
          .contains("/9 rows (was ")
          .hasLineCount(1);
    } finally {
      Shop.putInto(cloud);
    }
  }

  @Test
  void aSecondAttemptEndsWithTheSameRows() {
    String recommend = "recommend --model=t --k=2 --runId=r" + FROM_TABLE + INTO_TABLES;
    String table = Shop.DATASET + ".r_recommendations";
    cloud.before(
        "storage.objects.insert",
        path -> {
          if (path.contains("manifest.json")) {
            cloud.refuse("storage.objects.insert", 403, "forbidden", "the key is gone");
          }
        });
    assertThat(run(recommend).exitCode()).isEqualTo(ExitCode.FAILED);
    cloud.refuseNothing();
    List<String> first = texts(cloud.tables().rows(table));
    mustRun(recommend);
    assertThat(texts(cloud.tables().rows(table)))
        .containsExactlyInAnyOrderElementsOf(first)
        .hasSize(3);
  }

  @Test
  void aLoadThatFailsFailsTheRunInALine() {
    cloud.tables().createDataset("our-project:brief");
    AtomicInteger jobs = new AtomicInteger();
    cloud.before(
        "bigquery.jobs.insert",
        path -> {
          if (jobs.incrementAndGet() > 1) { // the first is the check of what may be done
            cloud.tables().dropDataset("our-project:brief");
          }
        });
    Answer answer = run("recommend --model=t --k=2 --runId=l --bigQueryDataset=our-project:brief");
    cloud.refuseNothing();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .startsWith("towerbeam: a job of BigQuery failed: Not found: Dataset our-project:brief\n");
    assertThat(cloud.buckets().names("bkt", "out/runs/l/"))
        .noneMatch(name -> name.endsWith("/_SUCCESS"));
  }

  @Test
  void badRowsOfATableAreDeadLetters() throws IOException {
    String prepare =
        "prepare --runId=%s --tableRead=export --interactionsTable=" + Shop.DIRTY_EVENTS;
    Answer refused = run(prepare.formatted("d") + SPLIT);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("3 of 11 rows were rejected").contains("who is null");
    assertThat(
            cloud.buckets().names("bkt", "out/runs/d/dead-letter/").stream()
                .flatMap(name -> records(name).stream())
                .map(
                    row ->
                        "%s %s %s"
                            .formatted(row.get("reason"), row.get("source"), row.get("offset"))))
        .containsExactlyInAnyOrder(
            "EMPTY_ID our-project:shop.dirty_events -1",
            "EMPTY_ID our-project:shop.dirty_events -1",
            "BAD_TIME our-project:shop.dirty_events -1");
  }

  private static List<String> texts(List<GenericRecord> rows) {
    return rows.stream().map(TablesEndToEndTest::text).toList();
  }

  /** Numbers as floats: a column of numbers is of doubles. */
  private static String text(GenericRecord record) {
    return NUMBER
        .matcher(record.toString())
        .replaceAll(number -> Float.toString(Float.parseFloat(number.group())));
  }

  private static List<GenericRecord> records(String name) {
    try (DataFileStream<GenericRecord> file =
        new DataFileStream<>(
            new ByteArrayInputStream(cloud.buckets().bytes("bkt", name)),
            new GenericDatumReader<>())) {
      List<GenericRecord> records = new ArrayList<>();
      file.forEach(records::add);
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(cloud.buckets().bytes("bkt", name));
  }
}
