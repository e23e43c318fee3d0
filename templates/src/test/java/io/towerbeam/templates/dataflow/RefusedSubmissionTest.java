package io.towerbeam.templates.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.cloud.JobScript;
import io.towerbeam.templates.dataflow.CloudShell.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service refuses, and jobs that do not end well: in a line that says so. */
class RefusedSubmissionTest {
  private static final String CREATE = "dataflow.projects.locations.jobs.create";

  @RegisterExtension static final CloudExtension HERE = new CloudExtension();

  private final FakeCloud cloud = HERE.cloud();

  @Test
  void aForbiddenWriteIsToldInALine() {
    cloud.refuse("storage.objects.insert", 403, "forbidden", "me does not have objects.create");
    Answer answer = HERE.submit();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: --output=" + CloudShell.OUTPUT + ": give a folder")
        .contains("(Google Cloud answered 403 to POST " + cloud.url())
        .endsWith(": me does not have objects.create)\n")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "403, forbidden, me cannot act as the worker's service account",
    "403, quotaExceeded, The project has 25 active jobs and may not have more",
    "404, notFound, There is no region us-central1"
  })
  void aJobThatIsRefusedIsToldInALine(int status, String reason, String message) {
    cloud.refuse(CREATE, status, reason, message);
    Answer answer = HERE.submit();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err().lines())
        .containsExactly(
            "towerbeam: Google Cloud answered %d to POST %s/v1b3/projects/%s/locations/%s/jobs: %s"
                .formatted(status, cloud.url(), CloudShell.PROJECT, CloudShell.REGION, message),
            "  the stack trace is in "
                + CloudShell.OUTPUT
                + "/runs/"
                + HERE.runId()
                + "/error.log");
    assertThat(cloud.buckets().names(CloudShell.BUCKET, "out/runs/" + HERE.runId()))
        .contains("out/runs/" + HERE.runId() + "/error.log");
  }

  @Test
  void aServiceThatIsBusyIsAskedAgain() {
    cloud.refuseOnce(CREATE, 429, "rateLimitExceeded", "too many requests in this minute");
    Answer answer = HERE.submit();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aRunWhoseJobIsActiveIsRefused() {
    String name = "their-job";
    cloud.jobs().script(JobScript.running());
    cloud.jobs().start(CloudShell.PROJECT, CloudShell.REGION, name);
    Answer answer = HERE.submit("--jobName=" + name);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .contains("There is already an active job named their-job")
        .doesNotContain("Exception");
  }

  @Test
  void soIsOneForWhichTheServiceGivesTheActiveJob() throws IOException {
    try (FakeCloud other = FakeCloud.start()) {
      CloudData.putInto(other.buckets());
      other.jobs().giveTheActiveJobToDuplicates();
      String id = other.jobs().start(CloudShell.PROJECT, CloudShell.REGION, "their-job").getId();
      Answer answer =
          new CloudShell(other).submit("leaderboard", HERE.words("--jobName=their-job"));
      assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(answer.err())
          .contains("There is already an active job named their-job with id: " + id)
          .contains("See https://console.cloud.google.com/dataflow/jobs/us-central1/" + id);
    }
  }

  @Test
  void aJobThatFailsIsToldWithItsLastError() {
    cloud
        .jobs()
        .script(
            JobScript.of("JOB_STATE_RUNNING", "JOB_STATE_FAILED")
                .saying(
                    "JOB_MESSAGE_BASIC: Starting 1 workers in us-central1-a...",
                    "JOB_MESSAGE_DEBUG: Executing wait step start",
                    "JOB_MESSAGE_ERROR: Startup of the worker pool failed: QUOTA_EXCEEDED:"
                        + " Instance could not be started, quota NVIDIA_L4_GPUS exceeded"));
    Answer answer = HERE.submit();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.out())
        .contains("Starting 1 workers")
        .doesNotContain("Executing wait step start")
        .doesNotContain("is done");
    assertThat(answer.err())
        .contains("ended as failed: Startup of the worker pool failed: QUOTA_EXCEEDED")
        .doesNotContain("Exception");
  }

  @Test
  void aJobThatWasStoppedHasFailed() {
    cloud.jobs().script(JobScript.of("JOB_STATE_CANCELLED"));
    Answer answer = HERE.submit();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains(" ended as cancelled\n");
  }

  @Test
  void aRunThatIsFinishedMakesNoSecondJob() {
    assertThat(HERE.submit().exitCode()).isEqualTo(ExitCode.DONE);
    int jobs = cloud.jobs().all().size();
    Answer again = HERE.submit();
    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(again.out()).contains("is finished and left as it is");
    assertThat(cloud.jobs().all()).hasSize(jobs);
  }
}
