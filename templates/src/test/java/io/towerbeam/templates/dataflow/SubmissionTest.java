package io.towerbeam.templates.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.services.dataflow.model.DataflowPackage;
import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.SdkHarnessContainerImage;
import com.google.api.services.dataflow.model.WorkerPool;
import io.towerbeam.pipelines.options.OptionParser;
import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.run.RunIds;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.spi.Workflows;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.cloud.JobScript;
import io.towerbeam.templates.dataflow.CloudShell.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.model.pipeline.v1.RunnerApi.Environment;
import org.apache.beam.model.pipeline.v1.RunnerApi.PTransform;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every workflow of the class path, submitted by the real DataflowRunner to a fake of the service:
 * what stands in the job and in the pipeline that was staged for its workers.
 */
class SubmissionTest {
  static final String ACCELERATOR = "type:nvidia-l4;count:1;install-nvidia-driver";
  private static final String IMAGE = "us-docker.pkg.dev/our-project/towerbeam/worker:1";
  private static final String ACCELERATOR_HINT = "beam:resources:accelerator:v1";
  private static final String RAM_HINT = "beam:resources:min_ram_bytes:v1";

  private static final List<Submitted> SUBMITTED = new ArrayList<>();
  private static FakeCloud cloud;

  @BeforeAll
  static void submitAll() throws IOException {
    cloud = FakeCloud.start();
    CloudData.putInto(cloud.buckets());
    CloudShell shell = new CloudShell(cloud);
    shell.publish();
    cloud.jobs().script(JobScript.of("JOB_STATE_DONE").leaving(CloudShell.verdict(cloud)));
    for (Workflow<?> workflow : Workflows.find().all()) {
      List<String> words = EveryOption.of(workflow);
      List<String> all = new ArrayList<>(words);
      all.addAll(List.of("--runner=DataflowRunner", "--sdkContainerImage=" + IMAGE));
      all.addAll(List.of("--project=" + CloudShell.PROJECT, "--region=" + CloudShell.REGION));
      Answer answer = shell.submit(workflow.name(), all);
      assertThat(answer.err()).as(workflow.name()).isEmpty();
      Job job = cloud.jobs().last();
      String url = Submitted.options(job).get("pipelineUrl").toString();
      SUBMITTED.add(
          new Submitted(workflow, words, answer, job, StagedPipeline.at(cloud.buckets(), url)));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    cloud.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  static Stream<Submitted> submitted() {
    return SUBMITTED.stream();
  }

  static Stream<Submitted> training() {
    return SUBMITTED.stream()
        .filter(one -> TrainingOptions.class.isAssignableFrom(one.workflow().optionsType()));
  }

  @ParameterizedTest
  @MethodSource("submitted")
  void theUserIsToldOfTheJobAndItsEnd(Submitted one) {
    assertThat(one.answer().exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(one.answer().out())
        .contains(
            "Job %s was submitted: https://console.cloud.google.com/dataflow/jobs/%s/%s?project=%s"
                .formatted(
                    one.job().getId(), CloudShell.REGION, one.job().getId(), CloudShell.PROJECT))
        .contains("Job " + one.job().getId() + " is done");
    assertThat(one.job().getName())
        .matches("towerbeam-" + one.workflow().name() + "-1-[0-9a-f]{8}");
  }

  @ParameterizedTest
  @MethodSource("submitted")
  void workersReadTheOptionsThatWereGiven(Submitted one) throws IOException {
    ObjectMapper json = new ObjectMapper();
    PipelineOptions arrived =
        json.readValue(
            json.writeValueAsBytes(one.job().getEnvironment().getSdkPipelineOptions()),
            PipelineOptions.class);
    OptionSpecs specs = OptionSpecs.of(one.workflow().optionsType());
    WorkflowOptions given = OptionParser.into(one.workflow().optionsType()).parse(one.words());
    assertThat(specs.valuesIn(arrived.as(one.workflow().optionsType())))
        .isEqualTo(specs.valuesIn(given))
        .hasSizeGreaterThanOrEqualTo(one.words().size());
    assertThat(arrived.as(one.workflow().optionsType()).getStartTime())
        .isEqualTo(CloudShell.NOON.toString());
  }

  @ParameterizedTest
  @MethodSource("training")
  void theStepThatTrainsAsksForAnAcceleratorAndMemory(Submitted one) {
    // what passes the gate is trained once more, on all rows
    int trainings = one.workflow().name().equals("train") ? 2 : 1;
    assertThat(one.pipeline().stepsWith(ACCELERATOR_HINT))
        .hasSize(trainings)
        .allSatisfy(
            step -> {
              assertThat(step.getUniqueName()).contains("/Train/");
              var hints = one.pipeline().hints(step);
              assertThat(hints.get(ACCELERATOR_HINT).toStringUtf8()).isEqualTo(ACCELERATOR);
              assertThat(hints.get(RAM_HINT).toStringUtf8()).isEqualTo("16000000000");
            });
  }

  @ParameterizedTest
  @MethodSource("submitted")
  void noOtherEnvironmentHasHints(Submitted one) {
    boolean isTraining = training().anyMatch(one::equals);
    assertThat(one.pipeline().environments().stream().map(Environment::getResourceHintsMap))
        .filteredOn(hints -> !hints.isEmpty())
        .hasSize(isTraining ? 1 : 0);
    assertThat(one.pipeline().stepsWith(RAM_HINT))
        .isEqualTo(one.pipeline().stepsWith(ACCELERATOR_HINT));
  }

  @ParameterizedTest
  @MethodSource("training")
  void aShuffleStandsBetweenTheTrainingStepAndItsNeighbours(Submitted one) throws IOException {
    for (PTransform step : one.pipeline().stepsWith(ACCELERATOR_HINT)) {
      // what is left on this side of the shuffles is the shuffles' own
      assertThat(one.pipeline().beforeWithoutShuffle(step))
          .isNotEmpty()
          .allMatch(name -> name.contains("/BeforeTraining/"));
      assertThat(one.pipeline().afterWithoutShuffle(step))
          .isNotEmpty()
          .allMatch(name -> name.matches(".*/(AfterTraining|FailuresAfter|EpochsAfter)/.*"));
    }
  }

  @ParameterizedTest
  @MethodSource("submitted")
  void thereIsOneImageAndRunnerV2(Submitted one) throws IOException {
    assertThat(one.job().getEnvironment().getExperiments()).contains("use_runner_v2");
    for (Environment environment : one.pipeline().environments()) {
      assertThat(StagedPipeline.image(environment)).isEqualTo(IMAGE);
    }
    assertThat(one.job().getEnvironment().getWorkerPools())
        .isNotEmpty()
        .allSatisfy(
            pool -> {
              assertThat(pool.getWorkerHarnessContainerImage()).isEqualTo(IMAGE);
              assertThat(pool.getSdkHarnessContainerImages())
                  .isNotEmpty()
                  .extracting(SdkHarnessContainerImage::getContainerImage)
                  .containsOnly(IMAGE);
            });
  }

  @ParameterizedTest
  @MethodSource("submitted")
  void noBuildOfLibtorchIsStaged(Submitted one) {
    Set<String> packages = new TreeSet<>();
    for (WorkerPool pool : one.job().getEnvironment().getWorkerPools()) {
      pool.getPackages().stream().map(DataflowPackage::getName).forEach(packages::add);
    }
    assertThat(packages)
        .anyMatch(name -> name.startsWith("pytorch-jni-"))
        .anyMatch(name -> name.startsWith("beam-runners-google-cloud-dataflow-java-"))
        .noneMatch(name -> name.startsWith("pytorch-native-"));
    assertThat(one.pipeline().environments())
        .allSatisfy(
            environment -> assertThat(environment.toString()).doesNotContain("pytorch-native"));
  }

  @Test
  void onTheClassPathLibtorchIs() {
    assertThat(cloud.buckets().names(CloudShell.BUCKET, ""))
        .noneMatch(name -> name.contains("pytorch-native"));
    assertThat(getClass().getClassLoader().getResource("native/lib/pytorch.properties"))
        .as("what is not staged")
        .isNotNull();
  }

  @ParameterizedTest
  @MethodSource("submitted")
  void stepsShowTheirSettings(Submitted one) throws IOException {
    Map<String, Set<String>> expected = OurSteps.displayedKeys(build(one.workflow(), one.words()));
    assertThat(expected).isNotEmpty().allSatisfy((step, keys) -> assertThat(keys).isNotEmpty());
    for (PTransform transform : one.pipeline().transforms()) {
      Set<String> keys = expected.remove(transform.getUniqueName());
      if (keys != null) {
        assertThat(StagedPipeline.displayedKeys(transform))
            .as(transform.getUniqueName())
            .containsAll(keys);
      }
    }
    assertThat(expected.keySet()).as("steps that are not in the staged pipeline").isEmpty();
  }

  /** The pipeline of a workflow, not run. */
  private static <O extends WorkflowOptions> Pipeline build(
      Workflow<O> workflow, List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(cloud.options());
    O options = OptionParser.into(workflow.optionsType()).parse(all);
    // the fake service has no GPU, and nobody trains here
    if (options instanceof TrainingOptions training) {
      training.setRequireGpu(false);
    }
    RunIds.complete(options, workflow.name(), CloudShell.NOON);
    options.setStartTime(CloudShell.NOON.toString());
    FileSystems.setDefaultPipelineOptions(options);
    workflow.validate(options);
    Pipeline pipeline = Pipeline.create(options);
    workflow.build(pipeline, options);
    return pipeline;
  }
}
