package io.towerbeam.templates.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.dataflow.CloudShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work on Dataflow is found before a job is submitted, and said in a line. */
class DataflowUsageTest {
  @RegisterExtension static final CloudExtension HERE = new CloudExtension();

  private final FakeCloud cloud = HERE.cloud();

  @Test
  void aBucketThatIsNotThereIsBadUsage() {
    Answer answer = HERE.submit("--output=gs://no-such-bucket/out");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: --output=gs://no-such-bucket/out: give a folder in a bucket that is there"
                + " and may be written to (The specified bucket does not exist.)\n");
  }

  @Test
  void soIsOneForPassingFiles() {
    Answer answer = HERE.submit("--tempLocation=gs://no-such-bucket/temp");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: --tempLocation=gs://no-such-bucket/temp: give a folder in a bucket")
        .hasLineCount(1);
  }

  @Test
  void soIsABucketThatMayNotBeLookedAt() {
    cloud.refuse("storage.buckets.get", 403, "forbidden", "me does not have storage.buckets.get");
    Answer answer = HERE.submit();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: --output=" + CloudShell.OUTPUT)
        .contains("(me does not have storage.buckets.get)")
        .hasLineCount(1);
  }

  @Test
  void anInputThatIsNotThereIsBadUsage() {
    Answer answer = HERE.submit("--interactions=gs://our-bucket/in/none.csv");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: gs://our-bucket/in/none.csv: no such file")
        .hasLineCount(1);
  }

  @Test
  void missingCredentialsAreToldInALine() {
    List<String> words = HERE.words("--credentialFactoryClass=" + NoCredentials.class.getName());
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
    Answer answer = HERE.submit(option, "--accelerator=" + SubmissionTest.ACCELERATOR);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: " + option)
        .contains(": give " + accepted)
        .hasLineCount(1);
  }

  @Test
  void soAreFilesOfThisMachine() throws IOException {
    Path file =
        Files.writeString(HERE.folder().resolve("i.csv"), "user_id,item_id,timestamp\nu,a,1\n");
    Answer answer = HERE.submit("--interactions=" + file);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: --interactions=" + file + ": give a path that Dataflow's workers");
  }

  @Test
  void withoutAWorkerImageTheUserIsToldWhatItLacks() {
    Answer answer =
        new CloudShell(cloud)
            .submit("leaderboard", HERE.words().subList(0, HERE.words().size() - 1));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.err()).startsWith("No --sdkContainerImage is given").hasLineCount(1);
  }
}
