package io.towerbeam.templates.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.services.dataflow.model.Job;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.bigquery.Shop;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.dataflow.CloudShell.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.model.pipeline.v1.RunnerApi.PTransform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps of jobs that read a table and load others, as Dataflow gets them. */
class TableJobTest {
  @RegisterExtension static final CloudExtension HERE = new CloudExtension();

  private final FakeCloud cloud = HERE.cloud();

  @BeforeAll
  static void putTables() {
    Shop.putInto(HERE.cloud());
  }

  @Test
  void aDirectReadIsOfTheNamedColumnsAndTheFilteredRows() throws IOException {
    StagedPipeline job = submit("--interactionsFilter=stars>=2");
    Map<String, String> read = shown(job, "/ReadTable/ReadDIRECT");
    assertThat(read).containsEntry("table", Shop.EVENTS);
    assertThat(read).containsEntry("selectedFields", "who, sku, at, stars");
    assertThat(shown(job, "/ReadTable")).containsEntry("filter", "stars>=2");
    assertThat(names(job)).anyMatch(name -> name.contains("BigQueryStorageTableSource"));
  }

  @Test
  void anExportIsOfTheTable() throws IOException {
    StagedPipeline job = submit("--tableRead=export");
    assertThat(shown(job, "/ReadTable/ReadEXPORT"))
        .containsEntry("table", Shop.EVENTS)
        .doesNotContainKey("selectedFields");
    assertThat(names(job)).anyMatch(name -> name.contains("BigQueryTableSource"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LoadUserVectors | user_embeddings | id, model, vector",
        "LoadItemVectors | item_embeddings | id, model, vector",
        "LoadLists | recommendations | model, userId, items",
        "LoadResults | results | modelName, evaluationDate, segment, metrics, ci95, comparisons,"
            + " parameters, datasetInfo, training, synthetic"
      })
  void everyKindIsLoadedIntoATableOfItsOwn(String step, String kind, String columns)
      throws IOException {
    StagedPipeline job = submit("--bigQueryDataset=" + Shop.DATASET);
    Map<String, String> load = shown(job, step + "/Load");
    assertThat(load)
        .containsEntry("createDisposition", "CREATE_IF_NEEDED")
        .containsEntry("writeDisposition", "WRITE_TRUNCATE");
    assertThat(new ObjectMapper().readTree(load.get("table")).path("tableId").asText())
        .isEqualTo(HERE.runId() + "_" + kind);
    JsonNode schema = new ObjectMapper().readTree(load.get("schema"));
    assertThat(schema.path("fields"))
        .extracting(field -> field.path("name").asText())
        .containsExactlyElementsOf(Arrays.asList(columns.split(", ")));
  }

  private StagedPipeline submit(String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of(more));
    words.add("--interactionsTable=" + Shop.EVENTS);
    words.addAll(Shop.COLUMNS);
    words = HERE.words(words.toArray(String[]::new));
    words.removeIf(word -> word.startsWith("--interactions="));
    Answer answer = new CloudShell(cloud).submit("leaderboard", words);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    Job job = cloud.jobs().last();
    return StagedPipeline.at(cloud.buckets(), Submitted.options(job).get("pipelineUrl").toString());
  }

  private static List<String> names(StagedPipeline job) {
    return job.transforms().stream().map(PTransform::getUniqueName).sorted().toList();
  }

  /** What the one step shows whose name ends so. */
  private static Map<String, String> shown(StagedPipeline job, String end) throws IOException {
    List<PTransform> steps =
        job.transforms().stream().filter(step -> step.getUniqueName().endsWith(end)).toList();
    assertThat(steps).as(end).hasSize(1);
    return StagedPipeline.displayed(steps.get(0));
  }
}
