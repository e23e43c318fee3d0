package io.towerbeam.templates.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.templates.cloud.Http.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fake refuses; what it takes is shown by the client libraries in the other tests. */
class FakeCloudTest {
  private static final String JOBS = "/v1b3/projects/p/locations/l/jobs";
  private static final String LAUNCH = "/v1b3/projects/p/locations/l/flexTemplates:launch";

  private FakeCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = FakeCloud.start();
    cloud.buckets().create("b");
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /storage/v1/buckets/b",
    "PATCH, /storage/v1/b/b",
    "GET, /storage/v2/b/b",
    "POST, /storage/v1/b/b/o",
    "GET, /v1b3/projects/p/locations/l/jobs/j/metrics",
    "DELETE, /v1b3/projects/p/locations/l/jobs",
    "POST, /v1b3/projects/p/locations/l/flexTemplates:start"
  })
  void methodsAndPathsThatAreNotServedAreNotFound(String method, String path) throws Exception {
    Answer answer = call(method, path, "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error()).isEqualTo("Not served here: " + method + " " + path);
  }

  @ParameterizedTest
  @CsvSource({
    "/storage/v1/b/b?colour=red, colour",
    "/storage/v1/b/b/o?ifGenerationMatch=1, ifGenerationMatch",
    "/storage/v1/b/b/o/o?bucket=b, bucket",
    "/v1b3/projects/p/locations/l/jobs?projectId=p, projectId"
  })
  void parametersThatTheLibrariesDoNotDeclareAreRefused(String target, String name)
      throws Exception {
    Answer answer = call("GET", target, "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).endsWith("has no query parameter " + name);
  }

  @Test
  void parametersOfAnotherTypeAreRefused() throws Exception {
    Answer answer = call("GET", "/storage/v1/b/b/o?maxResults=many", "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).startsWith("maxResults=many");
  }

  @Test
  void fieldsThatTheModelClassesDoNotDeclareAreRefusedAtAnyDepth() throws Exception {
    String job =
        """
        {"name": "j", "colour": 1, "environment":
          {"sdkPipelineOptions": {"anything": {"goes": 1}}, "workerPools": [{}, {"colour": 1}]}}
        """;
    Answer answer = call("POST", JOBS, job);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error())
        .endsWith("its message has no field colour, environment.workerPools[1].colour");
    Answer launch = call("POST", LAUNCH, "{\"launchParameter\": {\"parameter\": {}}}");
    assertThat(launch.status()).isEqualTo(400);
    assertThat(launch.error()).endsWith("its message has no field launchParameter.parameter");
    assertThat(cloud.jobs().all()).isEmpty();
  }

  @Test
  void messagesThatAreNoneAreRefused() throws Exception {
    assertThat(call("POST", JOBS, "[1]").status()).isEqualTo(400);
    assertThat(call("POST", JOBS, "{\"name\": ").status()).isEqualTo(400);
    assertThat(call("DELETE", "/storage/v1/b/b/o/o", "{}").status()).isEqualTo(400);
  }

  @Test
  void callsWithoutTheTokenAreRefused() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(cloud.url() + "/storage/v1/b/b")).build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void bucketsAndObjectsThatAreNotThereAreNotFound() throws Exception {
    assertThat(call("GET", "/storage/v1/b/other", "").error())
        .isEqualTo("The specified bucket does not exist.");
    Answer answer = call("GET", "/storage/v1/b/b/o/a%2Fb", "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error()).isEqualTo("No such object: b/a/b");
    assertThat(
            call("POST", "/upload/storage/v1/b/other/o?uploadType=resumable&name=o", "{}").status())
        .isEqualTo(404);
  }

  @Test
  void aReadBeyondTheEndIsRefused() throws Exception {
    cloud.buckets().put("b", "o", "0123456789");
    String object = "/storage/v1/b/b/o/o?alt=media";
    assertThat(call("GET", object, "", "Range", "bytes=8-20").text()).isEqualTo("89");
    assertThat(call("GET", object, "", "Range", "bytes=10-20").status()).isEqualTo(416);
  }

  @Test
  void anObjectOfAnotherGenerationIsNotWrittenOver() throws Exception {
    cloud.buckets().put("b", "o", "old");
    Answer early = call("POST", upload("o") + "&ifGenerationMatch=0", "{}");
    assertThat(early.status()).isEqualTo(412);

    String session = call("POST", upload("new") + "&ifGenerationMatch=0", "{}").header();
    cloud.buckets().put("b", "new", "somebody else's");
    assertThat(call("PUT", session, "mine", "Content-Range", "bytes 0-3/4").status())
        .isEqualTo(412);
    assertThat(cloud.buckets().text("b", "new")).isEqualTo("somebody else's");
  }

  @Test
  void partsOfAnUploadMustFollowOnOneAnother() throws Exception {
    String session = call("POST", upload("o"), "{}").header();
    Answer first = call("PUT", session, "0123", "Content-Range", "bytes 0-3/*");
    assertThat(first.status()).isEqualTo(308);
    assertThat(first.header()).isEqualTo("bytes=0-3");

    Answer gap = call("PUT", session, "67", "Content-Range", "bytes 6-7/8");
    assertThat(gap.status()).isEqualTo(400);
    assertThat(gap.error()).contains("begins at 6, expected is 4");
    Answer shorter = call("PUT", session, "45", "Content-Range", "bytes 4-7/8");
    assertThat(shorter.error()).contains("2 bytes sent, 4 said");
    assertThat(call("PUT", session, "", "Content-Range", "4-7").status()).isEqualTo(400);
    assertThat(cloud.buckets().names("b", "")).isEmpty();

    assertThat(call("PUT", session, "4567", "Content-Range", "bytes 4-7/8").status())
        .isEqualTo(200);
    assertThat(cloud.buckets().text("b", "o")).isEqualTo("01234567");
    assertThat(call("PUT", session, "4567", "Content-Range", "bytes 4-7/8").status())
        .as("a session that is over")
        .isEqualTo(404);
  }

  @Test
  void uploadsOfOtherKindsAreRefused() throws Exception {
    Answer answer = call("POST", "/upload/storage/v1/b/b/o?uploadType=media&name=o", "{}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(call("POST", "/upload/storage/v1/b/b/o?uploadType=resumable", "{}").error())
        .isEqualTo("Required");
  }

  @Test
  void ofANameOneJobIsActive() throws Exception {
    assertThat(call("POST", JOBS, "{\"name\": \"j\"}").status()).isEqualTo(200);
    Answer second = call("POST", JOBS, "{\"name\": \"j\"}");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.error()).contains("There is already an active job named j");
    assertThat(call("POST", JOBS, "{\"name\": \"other\"}").status()).isEqualTo(200);
    cloud.jobs().all().get(0).setCurrentState("JOB_STATE_DONE");
    assertThat(call("POST", JOBS, "{\"name\": \"j\"}").status()).isEqualTo(200);
  }

  @Test
  void jobsWithoutAProperNameAreRefused() throws Exception {
    assertThat(call("POST", JOBS, "{}").status()).isEqualTo(400);
    assertThat(call("POST", JOBS, "{\"name\": \"My Job\"}").status()).isEqualTo(400);
  }

  @Test
  void jobsThatAreNotThereAreNotFound() throws Exception {
    assertThat(call("GET", JOBS + "/j", "").status()).isEqualTo(404);
    assertThat(call("GET", JOBS + "/j/messages", "").status()).isEqualTo(404);
  }

  @Test
  void whatIsToBeRefusedIs() throws Exception {
    cloud.refuse("storage.buckets.get", 403, "forbidden", "no access");
    Answer answer = call("GET", "/storage/v1/b/b", "");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.error()).isEqualTo("no access");
    cloud.refuseNothing();
    assertThat(call("GET", "/storage/v1/b/b", "").status()).isEqualTo(200);
  }

  private static String upload(String name) {
    return "/upload/storage/v1/b/b/o?uploadType=resumable&name=" + name;
  }

  private Answer call(String method, String target, String body, String... headers)
      throws IOException, InterruptedException {
    return Http.call(cloud, method, target, body, headers);
  }
}
