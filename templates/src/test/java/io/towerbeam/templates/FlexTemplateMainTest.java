package io.towerbeam.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.testing.Terminal;
import io.towerbeam.templates.testing.Terminal.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main of the templates, given what Dataflow's launcher gives it. */
class FlexTemplateMainTest {
  private static final String CLAIM = "out/runs/train-20260301T120000Z/claim.json";

  @TempDir Path temp;
  private FakeCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = FakeCloud.start();
    cloud.buckets().create("bkt");
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
  }

  @Test
  void theJobIsLeftWhereDataflowLooksForItAndNobodyWaits() throws IOException {
    Answer answer = launch("train");
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).contains("Handed over to the runner");
    JsonNode job = json("launches/job_object");
    assertThat(job.get("name").asText()).isEqualTo("towerbeam-train-nightly");
    assertThat(job.at("/environment/experiments").toString()).contains("use_runner_v2");
    assertThat(cloud.calls()).doesNotContain("dataflow.projects.locations.jobs.create");
  }

  @Test
  void trainingAsksForAGpuAndRequiresIt() throws IOException {
    launch("train");
    JsonNode options = json(CLAIM).get("options");
    assertThat(options.get("requireGpu").asText()).isEqualTo("true");
    assertThat(options.get("accelerator").asText()).startsWith("type:nvidia-l4;count:1");
    assertThat(options.get("trainingMinRam").asText()).isEqualTo("16GB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--requireGpu=false", "--device=cpu"})
  void whoWantsNoGpuIsGivenNone(String word) throws IOException {
    launch("train", word);
    JsonNode options = json(CLAIM).get("options");
    assertThat(options.get("requireGpu").asText()).isEqualTo("false");
    assertThat(options.has("accelerator")).isFalse();
  }

  @Test
  void whatIsGivenTakesThePlaceOfADefault() throws IOException {
    launch("train", "--accelerator=type:nvidia-tesla-t4;count:1;install-nvidia-driver");
    assertThat(json(CLAIM).at("/options/accelerator").asText()).startsWith("type:nvidia-tesla-t4");
  }

  @Test
  void whatCannotWorkEndsInOneLine() {
    assertThat(see(null).err())
        .isEqualTo(
            "towerbeam: TOWERBEAM_WORKFLOW is not set: the image's build says which workflow it"
                + " launches\n");
    assertThat(see("trian").err()).contains("did you mean train?");
    assertThat(see("train").err())
        .isEqualTo("towerbeam: --output: give a folder such as gs://bucket/towerbeam\n");
    Answer answer = launch("train", "--modl=als");
    assertThat(answer.err())
        .isEqualTo("towerbeam: --modl: no such option; did you mean --model?\n");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  /** With what the launcher of a Flex Template adds to the parameters. */
  private Answer launch(String workflow, String... parameters) {
    List<String> args = new ArrayList<>(cloud.options());
    args.addAll(
        List.of(
            "--runner=DataflowRunner",
            "--templateLocation=gs://bkt/launches/job_object",
            "--jobName=towerbeam-train-nightly",
            "--project=my-project",
            "--region=europe-west4",
            "--stagingLocation=gs://bkt/staging",
            "--tempLocation=gs://bkt/temp",
            "--sdkContainerImage=registry/towerbeam/worker:v1",
            "--labels={\"goog-dataflow-provided-template-type\":\"flex\"}",
            "--filesToStage=" + staged(),
            "--output=gs://bkt/out"));
    args.addAll(List.of(parameters));
    return see(workflow, args.toArray(String[]::new));
  }

  private static Answer see(String workflow, String... args) {
    return Terminal.see(
        console -> FlexTemplateMain.submit(workflow, List.of(args), console, Terminal.NOON));
  }

  /** One small file in place of the class path. */
  private Path staged() {
    try {
      return Files.writeString(temp.resolve("some.jar"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode json(String object) throws IOException {
    return new ObjectMapper().readTree(cloud.buckets().text("bkt", object));
  }
}
