package io.towerbeam.templates.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.Workflows;
import io.towerbeam.templates.ContainerSpecFile;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.cloud.JobScript;
import io.towerbeam.templates.testing.Terminal.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent, and what becomes of the job. */
class LaunchCommandTest {
  private static final String RUN = "out/runs/train-20260301T120000Z/";

  private FakeCloud cloud;
  private LaunchShell shell;

  @BeforeEach
  void start() throws IOException {
    cloud = FakeCloud.start();
    shell = new LaunchShell(cloud);
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
  }

  @Test
  void theJobIsStartedAndItsLinkAndStateAreShown() {
    Answer answer = shell.launch("--param=model=als", "--param=input=gs://bkt/ml-1m");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    String id = cloud.jobs().last().getId();
    assertThat(answer.out())
        .isEqualTo(
            """
            Job https://console.cloud.google.com/dataflow/jobs/europe-west4/%s?project=p
            State JOB_STATE_RUNNING
            Output goes to gs://bkt/out/runs/train-20260301T120000Z
            """
                .formatted(id));
    assertThat(cloud.jobs().last().getName()).startsWith("towerbeam-train-20260301t120000z-");
  }

  @Test
  void validateOnlyStartsNothing() {
    Answer answer = shell.launch("--validateOnly");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).isEqualTo("Dataflow takes it; nothing was started.\n");
    assertThat(cloud.jobs().all()).isEmpty();
  }

  @Test
  void whatAnOlderTemplateDoesNotKnowIsItsServicesToRefuse() {
    String spec = ContainerSpecFile.of(Workflows.find().get("train"));
    shell.put(spec.replace("\"seed\"", "\"seeds\""));
    Answer answer = shell.launch("--param=seed=7");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: Dataflow refused: The template parameters are invalid. Details: seed:"
                + " Unrecognized parameter\n");
  }

  @Test
  void refusalsGetOneLine() {
    cloud.refuse(
        "dataflow.projects.locations.flextemplates.launch",
        403,
        "forbidden",
        "Current user cannot act as service account.\nSee the manual.");
    Answer answer = shell.launch();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: Dataflow refused: Current user cannot act as service account. See the"
                + " manual.\n");
  }

  @Test
  void aRunThatIsBeingMadeIsNotStartedTwice() {
    assertThat(shell.launch("--param=runId=r").exitCode()).isEqualTo(ExitCode.DONE);
    Answer second = shell.launch("--param=runId=r");
    assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(second.err()).contains("There is already an active job named").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"published, 0", "partial, 1", "failed, 1", "refused, 3"})
  void whoWaitsEndsWithTheVerdict(String verdict, int exitCode) {
    script("JOB_STATE_QUEUED", "JOB_STATE_RUNNING", verdict, "JOB_STATE_DONE");
    Answer answer = shell.launch("--wait", "--pollSeconds=.01");
    assertThat(answer.out())
        .contains("State JOB_STATE_QUEUED\n")
        .contains("State JOB_STATE_RUNNING\nState JOB_STATE_DONE\n");
    assertThat(answer.err().contains("because")).isEqualTo(!verdict.equals("published"));
    assertThat(answer.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void aJobThatFailsSaysWhatDataflowSaid() {
    cloud
        .jobs()
        .script(
            JobScript.of("JOB_STATE_RUNNING", "JOB_STATE_FAILED")
                .saying(
                    "JOB_MESSAGE_ERROR: first",
                    "JOB_MESSAGE_ERROR: ZONE_RESOURCE_POOL_EXHAUSTED\n for nvidia-l4",
                    "JOB_MESSAGE_BASIC: cleaning up"));
    Answer answer = shell.launch("--wait", "--pollSeconds=.01");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: the job ended as JOB_STATE_FAILED: ZONE_RESOURCE_POOL_EXHAUSTED for"
                + " nvidia-l4\n");
  }

  @Test
  void aRunThatFailedItselfSaysMoreThanItsJob() {
    script("JOB_STATE_RUNNING", "JOB_STATE_RUNNING", "failed", "JOB_STATE_FAILED");
    Answer answer = shell.launch("--wait", "--pollSeconds=.01");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).isEqualTo("towerbeam: nothing was published\n  because\n");
  }

  private void script(String first, String second, String verdict, String last) {
    JobScript script = JobScript.of(first, second, last);
    cloud
        .jobs()
        .script(
            script.leaving(
                job -> {
                  String outcome =
                      "{\"verdict\": \"%s\", \"reasons\": [\"because\"]}".formatted(verdict);
                  cloud.buckets().put("bkt", RUN + "outcome.json", outcome);
                }));
  }
}
