package io.towerbeam.templates.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.dataflow.model.LaunchFlexTemplateParameter;
import com.google.api.services.dataflow.model.LaunchFlexTemplateRequest;
import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
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

/** What is made of a command line before anything is sent. */
class LaunchRequestTest {
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
        "--param=seed=x|--param=seed=x: give a whole number from 0 to 2147483647",
        "--param=splitQuantile=2|--param=splitQuantile=2: give a number from 0 to 1",
        "--param=trainOn=trian|--param=trainOn=trian: give one of train, all; did you mean train?",
        "--param=requireGpu=yes|--param=requireGpu=yes: give true or false",
        "--param=runId=a/b|--param=runId=a/b: give 1 to 100 letters, digits, dots, underscores or"
            + " hyphens, no dot first",
        "--param=runDate=auto|--runDate: a scheduled run needs --input, --interactions or"
            + " --interactionsTable; the generated sample is for trying out alone",
        "--param=model|--param=model: give --param=name=value",
        "--param=output=gs://bkt/o|--param=output is given twice: give it once",
        "--templat=x|--templat: no such option; did you mean --template?",
        "--runner=DirectRunner|--runner: a launch cannot hand it over",
        "--template=gs://bkt/x|--template is given twice: give it once"
      })
  void whatIsWrongIsFoundBeforeAnythingIsSent(String word, String line) {
    Answer answer = shell.launch(word);
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
  void helpShowsTheOptions() {
    Answer answer = type("launch", "--help");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).contains("--template", "--validateOnly", "--dryRun", "--wait");
    assertThat(type("list").out()).contains("launch");
    assertThat(type("help", "launch")).isEqualTo(answer);
  }

  private LaunchFlexTemplateParameter dryRun(String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.add("--dryRun");
    Answer answer = shell.launch(words.toArray(String[]::new));
    assertThat(answer.err()).isEmpty();
    String request = "POST v1b3/projects/p/locations/europe-west4/flexTemplates:launch\n";
    assertThat(answer.out()).startsWith(request);
    return StrictModels.parse(
            answer.out().substring(request.length()), LaunchFlexTemplateRequest.class)
        .getLaunchParameter();
  }

  private static Answer type(String... words) {
    return Terminal.see(console -> new CommandLine(console, Terminal.NOON).run(List.of(words)));
  }
}
