package io.towerbeam.templates.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.dataflow.model.LaunchFlexTemplateParameter;
import com.google.api.services.dataflow.model.LaunchFlexTemplateRequest;
import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.Workflows;
import io.towerbeam.templates.ContainerSpecFile;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.cloud.JobScript;
import io.towerbeam.templates.testing.StrictModels;
import io.towerbeam.templates.testing.Terminal;
import io.towerbeam.templates.testing.Terminal.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchCommandTest {
  private static final String RUN = "out/runs/train-20260301T120000Z/";
  private FakeCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = FakeCloud.start();
    cloud.buckets().create("bkt");
    cloud
        .buckets()
        .put("bkt", "templates/train.json", ContainerSpecFile.of(Workflows.find().get("train")));
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
  }

  @Test
  void theJobIsStartedAndItsLinkAndStateAreShown() {
    Answer answer = launch("--param=model=als", "--param=input=gs://bkt/ml-1m");
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
  void theRequestHoldsParametersAsTextsAndTheEnvironmentByItsNames() {
    LaunchFlexTemplateParameter launch =
        dryRun(
            "--param=k=5,10",
            "--param=modelParameters=als.factors=16,als.alpha=.5",
            "--maxNumWorkers=5",
            "--workerMachineType=n2-standard-4",
            "--serviceAccount=trainer@p.iam.gserviceaccount.com",
            "--subnetwork=regions/europe-west4/subnetworks/s",
            "--usePublicIps=false",
            "--experiments=shuffle_mode=service",
            "--labels={\"team\":\"films\"}");
    assertThat(launch.getContainerSpecGcsPath()).isEqualTo("gs://bkt/templates/train.json");
    assertThat(launch.getParameters())
        .isEqualTo(
            Map.of(
                "output", "gs://bkt/out",
                "k", "5,10",
                "modelParameters", "als.factors=16,als.alpha=.5",
                "runId", "train-20260301T120000Z"));
    assertThat(launch.getEnvironment().getMaxWorkers()).isEqualTo(5);
    assertThat(launch.getEnvironment().getMachineType()).isEqualTo("n2-standard-4");
    assertThat(launch.getEnvironment().getServiceAccountEmail()).startsWith("trainer@");
    assertThat(launch.getEnvironment().getIpConfiguration()).isEqualTo("WORKER_IP_PRIVATE");
    assertThat(launch.getEnvironment().getAdditionalExperiments())
        .containsExactly("shuffle_mode=service", "use_runner_v2");
    assertThat(launch.getEnvironment().getAdditionalUserLabels()).containsEntry("team", "films");
    assertThat(launch.getEnvironment().getNumWorkers()).isNull();
  }

  @Test
  void theDateOfARunIsFoundOutWhenItIsLaunched() {
    LaunchFlexTemplateParameter launch =
        dryRun(
            "--param=runDate=auto",
            "--param=timeZone=Pacific/Auckland",
            "--param=input=gs://bkt/ml-1m");
    assertThat(launch.getParameters())
        .containsEntry("runDate", "2026-03-02")
        .containsEntry("runId", "train-2026-03-02")
        .doesNotContainKey("timeZone");
    assertThat(launch.getJobName()).startsWith("towerbeam-train-2026-03-02-");
  }

  @Test
  void aDryRunSendsNothing() {
    dryRun();
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void validateOnlyStartsNothing() {
    Answer answer = launch("--validateOnly");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).isEqualTo("Dataflow takes it; nothing was started.\n");
    assertThat(cloud.jobs().all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--param=modl=als|--param=modl: the template of train has no such parameter; did you mean"
            + " --param=model?",
        "--param=region=x|--param=region: the template of train has no such parameter; give"
            + " --region=… without --param",
        "--param=qqqqqq=x|--param=qqqqqq: the template of train has no such parameter",
        "--param=input=./ml-1m|--param=input=./ml-1m: give a path that the job can reach, such as"
            + " gs://bucket/folder",
        "--param=seed=x|--seed=x: give a whole number from 0 to 2147483647",
        "--param=splitQuantile=2|--splitQuantile=2: give a number from 0 to 1",
        "--param=trainOn=trian|--trainOn=trian: give one of train, all; did you mean train?",
        "--param=requireGpu=yes|--requireGpu=yes: give true or false",
        "--param=runId=a/b|--runId=a/b: give 1 to 100 letters, digits, dots, underscores or"
            + " hyphens, no dot first",
        "--param=runDate=auto|--runDate: a scheduled run needs --input or --interactions; the"
            + " generated sample is for trying out alone",
        "--param=model|--param=model: give --param=name=value",
        "--param=output=gs://bkt/o|--param=output is given twice: give it once",
        "--templat=x|--templat: no such option; did you mean --template?",
        "--runner=DirectRunner|--runner: a launch cannot hand it over",
        "--template=gs://bkt/x|--template is given twice: give it once"
      })
  void whatIsWrongIsFoundBeforeAnythingIsSent(String word, String line) {
    Answer answer = launch(word);
    assertThat(answer.err()).isEqualTo("towerbeam: " + line + "\n");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void whatIsMissingIsFoundToo() {
    assertThat(type("launch", "train", "--project=p", "--region=r").err())
        .startsWith("towerbeam: --template: give the container spec of a template");
    assertThat(
            type("launch", "train", "--template=gs://bkt/t.json", "--project=p", "--region=r")
                .err())
        .startsWith("towerbeam: --param=output=… is missing: Folder that runs");
    assertThat(type("launch").err()).contains("say first which workflow");
    assertThat(type("launch", "trian").err()).contains("did you mean train?");
  }

  @Test
  void whatAnOlderTemplateDoesNotKnowIsItsServicesToRefuse() {
    String spec = ContainerSpecFile.of(Workflows.find().get("train"));
    cloud.buckets().put("bkt", "templates/train.json", spec.replace("\"seed\"", "\"seeds\""));
    Answer answer = launch("--param=seed=7");
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
    Answer answer = launch();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: Dataflow refused: Current user cannot act as service account. See the"
                + " manual.\n");
  }

  @Test
  void aRunThatIsBeingMadeIsNotStartedTwice() {
    assertThat(launch("--param=runId=r").exitCode()).isEqualTo(ExitCode.DONE);
    Answer second = launch("--param=runId=r");
    assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(second.err()).contains("There is already an active job named").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"published, 0", "partial, 1", "failed, 1", "refused, 3"})
  void whoWaitsEndsWithTheVerdict(String verdict, int exitCode) {
    script("JOB_STATE_QUEUED", "JOB_STATE_RUNNING", verdict, "JOB_STATE_DONE");
    Answer answer = launch("--wait", "--pollSeconds=.01");
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
    Answer answer = launch("--wait", "--pollSeconds=.01");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: the job ended as JOB_STATE_FAILED: ZONE_RESOURCE_POOL_EXHAUSTED for"
                + " nvidia-l4\n");
  }

  @Test
  void aRunThatFailedItselfSaysMoreThanItsJob() {
    script("JOB_STATE_RUNNING", "JOB_STATE_RUNNING", "failed", "JOB_STATE_FAILED");
    Answer answer = launch("--wait", "--pollSeconds=.01");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).isEqualTo("towerbeam: nothing was published\n  because\n");
  }

  @Test
  void helpShowsTheOptions() {
    Answer answer = type("launch", "--help");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).contains("--template", "--validateOnly", "--dryRun", "--wait");
    assertThat(type("list").out()).contains("launch");
    assertThat(type("help", "launch")).isEqualTo(answer);
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

  private LaunchFlexTemplateParameter dryRun(String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.add("--dryRun");
    Answer answer = launch(words.toArray(String[]::new));
    assertThat(answer.err()).isEmpty();
    String request = "POST v1b3/projects/p/locations/europe-west4/flexTemplates:launch\n";
    assertThat(answer.out()).startsWith(request);
    return StrictModels.parse(
            answer.out().substring(request.length()), LaunchFlexTemplateRequest.class)
        .getLaunchParameter();
  }

  private Answer launch(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "--template=gs://bkt/templates/train.json",
                "--project=p",
                "--region=europe-west4",
                "--param=output=gs://bkt/out"));
    words.addAll(cloud.options());
    words.addAll(List.of(more));
    return Terminal.see(
        console -> {
          try {
            return new LaunchCommand(Terminal.NOON).run(words, console);
          } catch (UsageException e) {
            console.error(e.getMessage());
            return ExitCode.USAGE;
          }
        });
  }

  private static Answer type(String... words) {
    return Terminal.see(console -> new CommandLine(console, Terminal.NOON).run(List.of(words)));
  }
}
