package io.towerbeam.templates.dataflow;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.towerbeam.pipelines.options.OptionSpec;
import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.spi.Workflow;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions.FlexResourceSchedulingGoal;

/** What can be seen of the options alone to keep a job from running on Dataflow. */
final class JobChecks {
  private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9:.-]+[a-z0-9]");
  private static final Pattern JOB_NAME = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");
  private static final Pattern IN_A_STORE = Pattern.compile("(?!file:)[a-z][a-z0-9+.-]*://.*");

  private JobChecks() {}

  /**
   * Checks them.
   *
   * @throws UsageException for the first that cannot work
   */
  static void check(Workflow<?> workflow, WorkflowOptions options) {
    DataflowPipelineOptions job = options.as(DataflowPipelineOptions.class);
    requireStores(workflow, options);
    String project = job.getProject();
    if (project == null || !PROJECT.matcher(project).matches()) {
      throw new UsageException(
          "project", project, "the id of a Google Cloud project, such as my-project-1");
    }
    if (job.getRegion() == null || job.getRegion().isEmpty()) {
      throw new UsageException("region", null, "a region of Google Cloud, such as us-central1");
    }
    if (!JOB_NAME.matcher(job.getJobName()).matches()) {
      throw new UsageException(
          "jobName",
          job.getJobName(),
          "lower-case letters, digits and hyphens, a letter first and no hyphen at the end");
    }
    checkExperiments(job);
    checkAccelerator(options);
    if (job.getGcpCredential() == null) {
      throw new UsageException(CloudFaults.WITHOUT_CREDENTIALS);
    }
  }

  private static void requireStores(Workflow<?> workflow, WorkflowOptions options) {
    OptionSpecs specs = OptionSpecs.of(workflow.optionsType());
    Set<String> paths =
        specs.visible().stream()
            .filter(option -> option.place().isPresent())
            .map(OptionSpec::name)
            .collect(toUnmodifiableSet());
    specs
        .valuesIn(options)
        .forEach(
            (name, value) -> {
              // a model may be named by its run's id alone
              boolean isPath = paths.contains(name) || name.equals("model") && value.contains("/");
              if (isPath && !IN_A_STORE.matcher(value).matches()) {
                throw new UsageException(
                    name,
                    value,
                    "a path that Dataflow's workers can reach, such as gs://bucket/folder");
              }
            });
  }

  private static void checkExperiments(DataflowPipelineOptions job) {
    List<String> experiments = job.getExperiments() == null ? List.of() : job.getExperiments();
    for (String experiment : experiments) {
      if (experiment.startsWith("disable_runner_v2")
          || experiment.equals("disable_prime_runner_v2")) {
        throw new UsageException(
            "experiments",
            experiment,
            "none that turns Runner v2 off: resource hints and the worker image need it");
      }
    }
  }

  private static void checkAccelerator(WorkflowOptions options) {
    boolean isHinted =
        options instanceof TrainingOptions training
            && (training.getAccelerator() != null || training.getTrainingMinRam() != null);
    if (!isHinted) {
      return;
    }
    DataflowPipelineOptions job = options.as(DataflowPipelineOptions.class);
    if (job.getFlexRSGoal() != FlexResourceSchedulingGoal.UNSPECIFIED) {
      throw new UsageException(
          "flexRSGoal",
          job.getFlexRSGoal().name(),
          "no goal where a training worker is asked for: FlexRS has no resource hints");
    }
    List<String> services =
        job.getDataflowServiceOptions() == null ? List.of() : job.getDataflowServiceOptions();
    for (String service : services) {
      if (service.startsWith("worker_accelerator")) {
        throw new UsageException(
            "dataflowServiceOptions",
            service,
            "no worker_accelerator, which puts a GPU on every worker: --accelerator asks for the"
                + " training worker's alone");
      }
    }
  }
}
