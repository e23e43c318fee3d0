package io.towerbeam.templates.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.cloud.JobScript;
import io.towerbeam.templates.dataflow.CloudShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a job from being submitted, or from ending well, in a line that says so. */
class RefusedSubmissionTest {
  private static final String CREATE = "dataflow.projects.locations.jobs.create";

  /** All that is staged here, where nobody looks at it. */
  @TempDir static Path folder;

  private static Path jar;
  private static FakeCloud cloud;
  private String runId;

  @BeforeAll
  static void start() throws IOException {
    cloud = FakeCloud.start();
    CloudData.putInto(cloud.buckets());
    jar = Files.createFile(folder.resolve("small.jar"));
  }

  @AfterAll
  static void stop() throws IOException {
    cloud.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @BeforeEach
  void refuseNothing(TestInfo test) {
    cloud.refuseNothing();
    cloud.jobs().script(JobScript.of("JOB_STATE_DONE").leaving(CloudShell.verdict(cloud)));
    runId = test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void aBucketThatIsNotThereIsBadUsage() {
    Answer answer = submit("--output=gs://no-such-bucket/out");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: --output=gs://no-such-bucket/out: give a folder in a bucket that is there"
                + " and may be written to (The specified bucket does not exist.)\n");
  }

  @Test
  void soIsOneForPassingFiles() {
    Answer answer = submit("--tempLocation=gs://no-such-bucket/temp");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: --tempLocation=gs://no-such-bucket/temp: give a folder in a bucket")
        .hasLineCount(1);
  }

  @Test
  void soIsABucketThatMayNotBeLookedAt() {
    cloud.refuse("storage.buckets.get", 403, "forbidden", "me does not have storage.buckets.get");
    Answer answer = submit();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: --output=" + CloudShell.OUTPUT)
        .contains("(me does not have storage.buckets.get)")
        .hasLineCount(1);
  }

  @Test
  void anInputThatIsNotThereIsBadUsage() {
    Answer answer = submit("--interactions=gs://our-bucket/in/none.csv");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: gs://our-bucket/in/none.csv: no such file")
        .hasLineCount(1);
  }

  @Test
  void aForbiddenWriteIsToldInALine() {
    cloud.refuse("storage.objects.insert", 403, "forbidden", "me does not have objects.create");
    Answer answer = submit();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .startsWith("towerbeam: Google Cloud answered 403 to POST " + cloud.url())
        .endsWith(": me does not have objects.create\n")
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
    Answer answer = submit();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err().lines())
        .containsExactly(
            "towerbeam: Google Cloud answered %d to POST %s/v1b3/projects/%s/locations/%s/jobs: %s"
                .formatted(status, cloud.url(), CloudShell.PROJECT, CloudShell.REGION, message),
            "  the stack trace is in " + CloudShell.OUTPUT + "/runs/" + runId + "/error.log");
    assertThat(cloud.buckets().names(CloudShell.BUCKET, "out/runs/" + runId))
        .contains("out/runs/" + runId + "/error.log");
  }

  @Test
  void aServiceThatIsBusyIsAskedAgain() {
    cloud.refuseOnce(CREATE, 429, "rateLimitExceeded", "too many requests in this minute");
    Answer answer = submit();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aRunWhoseJobIsActiveIsRefused() {
    String name = "their-job";
    cloud.jobs().script(JobScript.running());
    cloud.jobs().start(CloudShell.PROJECT, CloudShell.REGION, name);
    Answer answer = submit("--jobName=" + name);
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
      Answer answer = new CloudShell(other).submit("leaderboard", words("--jobName=their-job"));
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
    Answer answer = submit();
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
    Answer answer = submit();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains(" ended as cancelled\n");
  }

  @Test
  void aRunThatIsFinishedMakesNoSecondJob() {
    assertThat(submit().exitCode()).isEqualTo(ExitCode.DONE);
    int jobs = cloud.jobs().all().size();
    Answer again = submit();
    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(again.out()).contains("is finished and left as it is");
    assertThat(cloud.jobs().all()).hasSize(jobs);
  }

  @Test
  void missingCredentialsAreToldInALine() {
    List<String> words = words("--credentialFactoryClass=" + NoCredentials.class.getName());
    words.add(0, "leaderboard");
    words.add("--gcsEndpoint=" + cloud.url() + "/storage/v1/");
    Answer answer = CloudShell.typeOnly(words);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: there are no Google Cloud credentials here: run gcloud auth")
        .hasLineCount(1);
    words.removeIf(word -> word.startsWith("--runner="));
    Answer local = CloudShell.typeOnly(words);
    assertThat(local.exitCode()).as("a local run that writes to a bucket").isNotZero();
    assertThat(local.err()).contains("credentials").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--output=./here | a path that Dataflow's workers can reach",
        "--project=12345 | the id of a Google Cloud project",
        "--jobName=My_Job | lower-case letters, digits and hyphens",
        "--experiments=disable_runner_v2 | none that turns Runner v2 off",
        "--flexRSGoal=COST_OPTIMIZED | no goal where a training worker is asked for",
        "--dataflowServiceOptions=worker_accelerator=type:nvidia-l4;count:1 | no worker_accelerator"
      })
  void whatCannotWorkOnDataflowIsBadUsage(String option, String accepted) {
    Answer answer = submit(option, "--accelerator=" + SubmissionTest.ACCELERATOR);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: " + option)
        .contains(": give " + accepted)
        .hasLineCount(1);
  }

  @Test
  void soAreFilesOfThisMachine() throws IOException {
    Path file = Files.writeString(folder.resolve("i.csv"), "user_id,item_id,timestamp\nu,a,1\n");
    Answer answer = submit("--interactions=" + file);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: --interactions=" + file + ": give a path that Dataflow's workers");
  }

  @Test
  void withoutAWorkerImageTheUserIsToldWhatItLacks() {
    Answer answer =
        new CloudShell(cloud).submit("leaderboard", words().subList(0, words().size() - 1));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.err()).startsWith("No --sdkContainerImage is given").hasLineCount(1);
  }

  private Answer submit(String... more) {
    return new CloudShell(cloud).submit("leaderboard", words(more));
  }

  /** The usual options; those in {@code more} take their place. */
  private List<String> words(String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    List<String> usual = new ArrayList<>(CloudData.SPLIT);
    usual.addAll(List.of("--output=" + CloudShell.OUTPUT, "--runId=" + runId));
    usual.addAll(List.of("--models=most-popular", "--interactions=" + CloudData.INTERACTIONS));
    usual.addAll(List.of("--project=" + CloudShell.PROJECT, "--region=" + CloudShell.REGION));
    usual.add("--filesToStage=" + jar);
    usual.addAll(List.of("--runner=DataflowRunner", "--sdkContainerImage=ours"));
    for (String one : usual) {
      String name = one.substring(0, one.indexOf('=') + 1);
      if (words.stream().noneMatch(word -> word.startsWith(name))) {
        words.add(one);
      }
    }
    return words;
  }
}
