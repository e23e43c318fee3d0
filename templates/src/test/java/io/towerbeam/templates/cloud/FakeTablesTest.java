package io.towerbeam.templates.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.templates.cloud.Http.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the fake's BigQuery answers where no run of a test asks. */
class FakeTablesTest {
  private static final String JOBS = "/bigquery/v2/projects/p/jobs";
  private static final String CHECK = "{\"dryRun\": true, \"query\": {\"query\": \"SELECT 1\"}}";

  private FakeCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = FakeCloud.start();
    cloud.tables().createDataset("p:d");
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
  }

  @Test
  void aJobIsDoneOnceUnderItsOwnReference() throws Exception {
    String load =
        job(
            "\"jobId\": \"j\", \"location\": \"US\"",
            "{\"load\": {\"destinationTable\": {\"projectId\": \"p\", \"datasetId\": \"none\","
                + " \"tableId\": \"t\"}}}");
    assertThat(Http.call(cloud, "POST", JOBS, load).status()).isEqualTo(200);
    Answer again = Http.call(cloud, "POST", JOBS, load);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.error()).isEqualTo("Already Exists: Job p:j");
    assertThat(Http.call(cloud, "GET", JOBS + "/j?location=US", "").text())
        .contains("\"state\":\"DONE\"")
        .contains("\"jobId\":\"j\"")
        .contains("\"message\":\"Not found: Dataset p:none\"");
  }

  @Test
  void aCheckIsNoJob() throws Exception {
    String check = job("\"location\": \"US\"", CHECK);
    assertThat(Http.call(cloud, "POST", JOBS, check).status()).isEqualTo(200);
    assertThat(Http.call(cloud, "POST", JOBS, check).status()).isEqualTo(200);
    Answer none = Http.call(cloud, "GET", JOBS + "/job_1", "");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.error()).isEqualTo("Not found: Job p:job_1");
  }

  @Test
  void whatTheServiceDoesNotKnowIsRefused() throws Exception {
    String check = job("\"loction\": \"US\"", CHECK);
    assertThat(Http.call(cloud, "POST", JOBS, check).error())
        .isEqualTo("bigquery.jobs.insert: its message has no field jobReference.loction");
    Answer none = Http.call(cloud, "GET", "/bigquery/v2/projects/p/datasets/d/tables/t", "");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.error()).isEqualTo("Not found: Table p:d.t");
  }

  private static String job(String reference, String configuration) {
    return "{\"jobReference\": {%s}, \"configuration\": %s}".formatted(reference, configuration);
  }
}
