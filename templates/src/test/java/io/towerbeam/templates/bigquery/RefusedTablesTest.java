package io.towerbeam.templates.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.dataflow.NoCredentials;
import io.towerbeam.templates.testing.Terminal;
import io.towerbeam.templates.testing.Terminal.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of tables and datasets cannot work is told in a line, before anything runs. */
class RefusedTablesTest {
  private static final String TABLE = "--interactionsTable=" + Shop.EVENTS;
  private static final String LOAD = "--interactions=gs://bkt/in/events.csv --bigQueryDataset=";

  private static FakeCloud cloud;

  @BeforeAll
  static void start() throws IOException {
    cloud = FakeCloud.start();
    Shop.putInto(cloud);
  }

  @AfterEach
  void nothingWasWritten() {
    cloud.refuseNothing();
    assertThat(cloud.buckets().names("bkt", "out/")).isEmpty();
  }

  @AfterAll
  static void stop() throws IOException {
    cloud.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--interactionsTable=shop.events | --interactionsTable=shop.events: give a table of"
            + " BigQuery as project:dataset.table, such as my-project:shop.events",
        "--interactionsTable=our-project.shop.events | : give a table of BigQuery as project:dat",
        "--interactionsTable=our-project:shop | : give a table of BigQuery as project:dataset.tabl",
        "--interactionsTable= | --interactionsTable=: give a table of BigQuery as project:dataset",
        "--tableRead=dircet | --tableRead=dircet: give one of direct, export; did you mean direct?",
        "--bigQueryDataset=shop | --bigQueryDataset=shop: give a dataset of BigQuery as"
            + " project:dataset, such as my-project:shop",
        "--bigQueryDataset=our-project:shop.events | : give a dataset of BigQuery as project:data",
        "--interactionsFilter=stars>1 | --interactionsFilter goes with --interactionsTable",
        "--tableRead=export | --tableRead goes with --interactionsTable: give both",
        "TABLE --interactionsFilter=stars>1 --tableRead=export | --interactionsFilter goes with"
            + " --tableRead=direct: an export is of whole tables",
        "TABLE --input=gs://bkt/in | --input and --interactionsTable exclude each other: give one",
        "TABLE --interactions=gs://bkt/in/events.csv | --interactions and --interactionsTable excl",
        "--items=gs://bkt/in/items.csv | --items goes with --interactions or --interactionsTable",
        "--interactionsTable=our-project:shop.evnts | --interactionsTable=our-project:shop.evnts:"
            + " give a table that is there and may be read (Google Cloud answered 404 to GET",
        "--interactionsTable=our-project:shop.evnts | : Not found: Table our-project:shop.evnts)",
        "--interactionsTable=our-project:shp.events | : Not found: Dataset our-project:shp)",
        "--interactionsTable=our-project:shop.same_events | : give a table that holds its rows"
            + " itself, which this view does not: store them in a table",
        "TABLE --userColumn=wo | --userColumn=wo: give a column of our-project:shop.events, which"
            + " has note, who, sku, stars, at, labels; did you mean who?",
        "TABLE --userColumn=labels | --userColumn=labels: give a column of our-project:shop.events"
            + " that holds text or whole numbers, not ARRAY<STRING>",
        "TABLE --itemColumn=at | that holds text or whole numbers, not TIMESTAMP",
        "TABLE --timeColumn=who | that holds whole numbers, timestamps or dates, not STRING",
        "TABLE --ratingColumn=note | that holds numbers, not STRING",
        "TABLE --tableRead=export --output=./here | --tempLocation: give a folder in a bucket, such"
            + " as gs://bucket/temp: --tableRead=export passes files through it",
        "TABLE --tableRead=export --tempLocation=/tmp/x | --tempLocation=/tmp/x: give a folder in a"
            + " bucket",
        "TABLE --tableRead=export --tempLocation=gs://none/x | --tempLocation=gs://none/x: give a"
            + " folder in a bucket that is there and may be written to",
        "LOADour-project:shp | --bigQueryDataset=our-project:shp: give a dataset that is there and"
            + " may be written to (Google Cloud answered 404 to GET",
        "LOADour-project:shp | : Not found: Dataset our-project:shp)",
        "LOADour-project:shop --output=./here | --tempLocation: give a folder in a bucket, such as"
            + " gs://bucket/temp: --bigQueryDataset passes files through it",
        "LOADour-project:shop --runId=a.b | --runId=a.b: the tables in --bigQueryDataset are named"
            + " after it, and their names have no dots: give another one"
      })
  void isBadUsage(String words, String message) {
    assertRefused("leaderboard", words, message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"prepare", "leaderboard", "train", "tune", "evaluate --recommendations=x"})
  void everyWorkflowThatReadsALogLooksTheTableUp(String workflow) {
    assertRefused(
        workflow,
        "--interactionsTable=our-project:shop.evnts",
        "--interactionsTable=our-project:shop.evnts: give a table that is there");
  }

  @Test
  void nothingIsReadThatMayNotBe() {
    cloud.refuse("bigquery.tables.get", 403, "accessDenied", "me lacks bigquery.tables.get");
    assertRefused(
        "train",
        TABLE,
        "--interactionsTable=our-project:shop.events: give a table that is there and may be read"
            + " (Google Cloud answered 403 to GET");
    assertRefused("train", TABLE, ": me lacks bigquery.tables.get)");
  }

  @Test
  void nothingIsLoadedThatMayNotBe() {
    cloud.refuse("bigquery.datasets.get", 403, "accessDenied", "me lacks datasets.get");
    assertRefused(
        "train",
        LOAD + Shop.DATASET,
        "--bigQueryDataset=our-project:shop: give a dataset that is there and may be written to"
            + " (Google Cloud answered 403 to GET");
  }

  @Test
  void noJobIsCountedOnThatMayNotBeStarted() {
    cloud.refuse("bigquery.jobs.insert", 403, "accessDenied", "me lacks bigquery.jobs.create");
    assertRefused(
        "train",
        LOAD + Shop.DATASET,
        "--bigQueryDataset=our-project:shop: BigQuery's jobs cannot be started in project"
            + " our-project (Google Cloud answered 403 to POST");
    assertRefused(
        "train",
        TABLE + " --tableRead=export --bigQueryProject=payer",
        "--interactionsTable=our-project:shop.events: BigQuery's jobs cannot be started in project"
            + " payer (Google Cloud answered 403 to POST");
  }

  @Test
  void aFilterThatIsNoneIsToldByTheService() {
    cloud.refuse("bigquery.jobs.insert", 400, "invalidQuery", "Unrecognized name: star at [1:9]");
    assertRefused(
        "train",
        TABLE + " --interactionsFilter=star>1",
        "--interactionsFilter=star>1: give a condition of SQL on the columns of"
            + " our-project:shop.events (Google Cloud answered 400 to POST");
  }

  @Test
  void withoutCredentialsThatIsWhatIsTold() {
    List<String> words = new ArrayList<>(List.of("train", TABLE, "--output=./here"));
    words.add("--credentialFactoryClass=" + NoCredentials.class.getName());
    Answer answer = Terminal.see(console -> new CommandLine(console, Terminal.NOON).run(words));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: there are no Google Cloud credentials here: run gcloud auth")
        .hasLineCount(1);
  }

  private static void assertRefused(String workflow, String words, String message) {
    List<String> all = new ArrayList<>(List.of(workflow.split(" ")));
    String line = words.replace("TABLE ", TABLE + " ").replace("LOAD", LOAD);
    all.addAll(List.of(line.split(" ")));
    for (String usual : Shop.COLUMNS) {
      if (!line.contains(usual.substring(0, usual.indexOf('=') + 1))) {
        all.add(usual);
      }
    }
    Answer answer = Shop.type(cloud, all);
    assertThat(answer.err()).startsWith("towerbeam: ").contains(message).hasLineCount(1);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
