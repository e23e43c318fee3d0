package io.towerbeam.templates.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.templates.cloud.Http.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Launches of a template, checked against its metadata as the service does. */
class FakeFlexTemplatesTest {
  private static final String SPEC =
      """
      {"image": "gcr.io/p/launcher:1", "sdkInfo": {"language": "JAVA"}, "metadata": {"name": "t",
        "parameters": [
          {"name": "input", "label": "Input", "helpText": "What is read"},
          {"name": "k", "label": "K", "helpText": "How many", "isOptional": true,
           "regexes": ["^[0-9]+$"]}]}}
      """;

  private FakeCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = FakeCloud.start();
    cloud.buckets().create("bkt");
    cloud.buckets().put("bkt", "t.json", SPEC);
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
  }

  @Test
  void aLaunchMakesAJob() throws Exception {
    assertThat(launch("{\"input\": \"gs://bkt/in\", \"k\": \"10\"}").status()).isEqualTo(200);
    assertThat(cloud.jobs().all())
        .singleElement()
        .satisfies(job -> assertThat(job.getName()).isEqualTo("j"));
    Answer second = launch("{\"input\": \"gs://bkt/in\"}");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.error()).contains("There is already an active job named j");
  }

  @Test
  void aLaunchThatOnlyValidatesMakesNone() throws Exception {
    Answer answer =
        launch("\"validateOnly\": true, ", "gs://bkt/t.json", "j", "{\"input\": \"gs://bkt/in\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(cloud.jobs().all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | input: Missing required parameter",
        "{\"input\": \"x\", \"inptu\": \"x\"} | inptu: Unrecognized parameter",
        "{\"input\": \"x\", \"k\": \"ten\"} | k: Parameter value ten does not match",
      })
  void parametersThatTheMetadataDoNotAllowAreRefused(String parameters, String detail)
      throws Exception {
    Answer answer = launch(parameters);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).startsWith("The template parameters are invalid.").endsWith(detail);
    assertThat(cloud.jobs().all()).isEmpty();
  }

  @Test
  void parametersThatAreNoTextsAreRefused() throws Exception {
    assertThat(launch("{\"input\": {\"path\": \"x\"}}").error())
        .endsWith("launchParameter.parameters.input that is no text");
    assertThat(launch("{\"input\": \"x\", \"k\": 10}").status()).isEqualTo(400);
    assertThat(launch("{\"input\": \"x\", \"k\": true}").status()).isEqualTo(400);
    assertThat(cloud.jobs().all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gs://bkt/none.json, 404",
    "gs://other/t.json, 404",
    "/bkt/t.json, 400",
    "gs://bkt/colour.json, 400",
    "gs://bkt/text.json, 400",
    "gs://bkt/noimage.json, 400"
  })
  void specsThatAreNoneAreRefused(String path, int status) throws Exception {
    cloud.buckets().put("bkt", "colour.json", SPEC.replace("helpText", "colour"));
    cloud.buckets().put("bkt", "text.json", "a text");
    cloud.buckets().put("bkt", "noimage.json", "{\"metadata\": {\"name\": \"t\"}}");
    assertThat(launch("", path, "j", "{\"input\": \"x\"}").status()).isEqualTo(status);
  }

  @Test
  void jobsWithoutAProperNameAreRefused() throws Exception {
    assertThat(launch("", "gs://bkt/t.json", "My Job", "{\"input\": \"x\"}").status())
        .isEqualTo(400);
    assertThat(
            Http.call(cloud, "POST", "/v1b3/projects/p/locations/l/flexTemplates:launch", "{}")
                .status())
        .isEqualTo(400);
  }

  private Answer launch(String parameters) throws IOException, InterruptedException {
    return launch("", "gs://bkt/t.json", "j", parameters);
  }

  private Answer launch(String more, String spec, String job, String parameters)
      throws IOException, InterruptedException {
    return Http.call(
        cloud,
        "POST",
        "/v1b3/projects/p/locations/l/flexTemplates:launch",
        """
        {%s"launchParameter":
          {"jobName": "%s", "containerSpecGcsPath": "%s", "parameters": %s}}
        """
            .formatted(more, job, spec, parameters));
  }
}
