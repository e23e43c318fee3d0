package io.towerbeam.templates.triggers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.Workflows;
import io.towerbeam.templates.ContainerSpecFile;
import io.towerbeam.templates.FlexTemplateMain;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.cloud.FakeCredentialFactory;
import io.towerbeam.templates.testing.Terminal;
import io.towerbeam.templates.testing.Terminal.Answer;
import io.towerbeam.templates.testing.TinyFilms;
import io.towerbeam.templates.triggers.TriggerFiles.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the schedules of Google Cloud send, sent; and what the template then does with it, on the
 * fake's buckets but with the local runner.
 */
class CloudSchedulesTest {
  private static final String LAUNCH =
      "https://dataflow.googleapis.com/v1b3/projects/p/locations/europe-west4/flexTemplates:launch";
  private static final Map<String, String> VARIABLES =
      Map.of(
          "project", "p",
          "region", "europe-west4",
          "templates", "gs://bkt/templates",
          "input", "gs://bkt/input",
          "output", "gs://bkt/output",
          "time_zone", "Europe/Berlin",
          "scheduler_account", "scheduler@p.iam.gserviceaccount.com",
          "worker_account", "worker@p.iam.gserviceaccount.com");

  @TempDir Path temp;
  private FakeCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = FakeCloud.start();
    cloud.buckets().create("bkt");
    String spec = ContainerSpecFile.of(Workflows.find().get("train"));
    cloud.buckets().put("bkt", "templates/train.json", spec);
    TinyFilms.files().forEach((name, text) -> cloud.buckets().put("bkt", "input/" + name, text));
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
  }

  @Test
  void cloudSchedulerPublishesOnceADay() throws Exception {
    Request request = TriggerFiles.cloudScheduler(VARIABLES);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.url()).isEqualTo(LAUNCH);

    assertThat(send(request.url(), request.body()).statusCode()).isEqualTo(200);
    assertThat(send(request.url(), request.body()).statusCode())
        .as("while the first is at work")
        .isEqualTo(409);
    Answer first = runTemplate(request.body(), "2026-03-01T23:30:00Z");
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isEqualTo(ExitCode.DONE);
    String run = "output/runs/train-2026-03-02/";
    assertThat(cloud.buckets().names("bkt", run)).contains(run + "_SUCCESS");

    cloud.jobs().last().setCurrentState("JOB_STATE_DONE");
    assertThat(send(request.url(), request.body()).statusCode())
        .as("after the first is done")
        .isEqualTo(200);
    List<String> published = cloud.buckets().names("bkt", "output/");
    Answer again = runTemplate(request.body(), "2026-03-02T12:30:00Z");
    assertThat(again.out()).contains("Run train-2026-03-02", "is finished and left as it is");
    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(cloud.buckets().names("bkt", "output/")).isEqualTo(published);

    Answer nextNight = handOver(request.body(), "2026-03-02T23:30:00Z");
    assertThat(nextNight.exitCode()).as(nextNight.err()).isEqualTo(ExitCode.DONE);
    assertThat(cloud.buckets().names("bkt", "output/runs/train-2026-03-03/")).isNotEmpty();
    assertThat(cloud.buckets().names("bkt", "launches/")).hasSize(1);
  }

  @Test
  void cloudSchedulerSendsWhatTheParserTookOutAsItsServiceAccount() throws Exception {
    assertThat(TriggerFiles.cloudSchedulerText())
        .contains("body = base64encode(jsonencode(local.launch))")
        .contains("\"Content-Type\" = \"application/json\"")
        .containsPattern("oauth_token \\{\\s+service_account_email = var.scheduler_account")
        .contains("https://www.googleapis.com/auth/cloud-platform")
        .doesNotContain("resource \"google_dataflow_flex_template_job\"");
  }

  @Test
  void airflowLaunchesTheDayThatItSays() throws Exception {
    JsonNode operator = airflow("2026-03-01");
    assertThat(operator.get("append_job_name").asBoolean()).isFalse();
    assertThat(operator.get("project_id").asText()).isEqualTo("p");
    assertThat(operator.get("location").asText()).isEqualTo("europe-west4");
    JsonNode body = operator.get("body");
    assertThat(body.toString()).doesNotContain("{{");

    assertThat(send(LAUNCH, body).statusCode()).isEqualTo(200);
    assertThat(send(LAUNCH, body).statusCode()).isEqualTo(409);
    assertThat(send(LAUNCH, airflow("2026-03-02").get("body")).statusCode())
        .as("another day")
        .isEqualTo(200);
  }

  @Test
  void aBodyThatDoesNotFitTheTemplateWouldBeSeen() throws Exception {
    Request request = TriggerFiles.cloudScheduler(VARIABLES);
    ObjectNode parameters = (ObjectNode) request.body().at("/launchParameter/parameters");
    parameters.put("runDate", "today");
    HttpResponse<String> answer = send(request.url(), request.body());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("runDate: Parameter value today does not match");
  }

  @Test
  void cloudSchedulerDoesNotTrainOnTheSample() throws Exception {
    assertNeedsInput(TriggerFiles.cloudScheduler(VARIABLES).body());
  }

  @Test
  void airflowDoesNotTrainOnTheSample() throws Exception {
    assertNeedsInput(airflow("2026-03-01").get("body"));
  }

  private void assertNeedsInput(JsonNode body) {
    ((ObjectNode) body.at("/launchParameter/parameters")).remove("input");
    Answer answer = runTemplate(body, "2026-03-01T12:00:00Z");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).contains("--runDate: a scheduled run needs --input");
    assertThat(cloud.buckets().names("bkt", "output/")).isEmpty();
  }

  private static JsonNode airflow(String day) throws Exception {
    return TriggerFiles.airflow(
        Map.of(
            "var.value.towerbeam_project", "p",
            "var.value.towerbeam_region", "europe-west4",
            "var.value.towerbeam_templates", "gs://bkt/templates",
            "var.value.towerbeam_input", "gs://bkt/input",
            "var.value.towerbeam_output", "gs://bkt/output",
            "var.value.towerbeam_worker_account", "worker@p.iam.gserviceaccount.com",
            "ds", day,
            "ds_nodash", day.replace("-", "")));
  }

  private HttpResponse<String> send(String url, JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(url.replace("https://dataflow.googleapis.com", cloud.url())))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()));
    new FakeCredentialFactory()
        .getCredential()
        .getRequestMetadata()
        .forEach((name, values) -> request.header(name, values.get(0)));
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  /** What the launcher's image does with the parameters, and the job with them; without a GPU. */
  private Answer runTemplate(JsonNode body, String now) {
    return main(body, now, List.of("--runner=DirectRunner", "--requireGpu=false", "--project=p"));
  }

  /** The same, but for the job, which nobody runs. */
  private Answer handOver(JsonNode body, String now) throws IOException {
    Path jar = Files.writeString(temp.resolve("some.jar"), "");
    return main(
        body,
        now,
        List.of(
            "--project=my-project",
            "--region=europe-west4",
            "--templateLocation=gs://bkt/launches/job_object",
            "--filesToStage=" + jar));
  }

  private Answer main(JsonNode body, String now, List<String> settings) {
    List<String> args = new ArrayList<>(cloud.options());
    args.addAll(settings);
    body.at("/launchParameter/parameters")
        .properties()
        .forEach(one -> args.add("--" + one.getKey() + "=" + one.getValue().asText()));
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    return Terminal.see(console -> FlexTemplateMain.submit("train", args, console, clock));
  }
}
