package io.towerbeam.templates.launch;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.FlexTemplateRuntimeEnvironment;
import com.google.api.services.dataflow.model.LaunchFlexTemplateParameter;
import com.google.api.services.dataflow.model.LaunchFlexTemplateRequest;
import io.towerbeam.pipelines.options.OptionParser;
import io.towerbeam.pipelines.options.OptionSpec;
import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.run.JobName;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.run.RunIds;
import io.towerbeam.pipelines.spi.Workflow;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;

/**
 * A launch, checked: what is sent, to whom, and which run comes of it.
 *
 * @param options how it is sent, and what is done after
 * @param run the options that the workflow will see, its run id set
 * @param message what is sent
 */
record LaunchRequest(
    LaunchOptions options, WorkflowOptions run, LaunchFlexTemplateRequest message) {

  /**
   * The launch that the words ask for. Its run is named here, by date or time, so that the job and
   * whoever waits for it know it by the same name; the job's name is the run's, so that of one run
   * no two jobs are active.
   *
   * @throws UsageException for the first thing that cannot work
   */
  static <O extends WorkflowOptions> LaunchRequest of(
      Workflow<O> workflow, LaunchWords words, Instant now) {
    LaunchOptions options = OptionParser.into(LaunchOptions.class).parse(words.options());
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    require("project", dataflow.getProject(), "the id of a Google Cloud project");
    require("region", dataflow.getRegion(), "a region such as europe-west4");
    Set<String> given =
        words.options().stream()
            .map(option -> option.replaceFirst("^--", "").replaceFirst("=.*", ""))
            .collect(Collectors.toSet());
    FlexTemplateRuntimeEnvironment environment =
        LaunchEnvironment.of(dataflow, given, namesOf(LaunchOptions.class));

    O run = TemplateParameters.check(workflow, words.parameters());
    RunIds.requireInput(run);
    RunIds.complete(run, workflow.name(), now.truncatedTo(ChronoUnit.SECONDS));
    LaunchFlexTemplateParameter launch =
        new LaunchFlexTemplateParameter()
            .setJobName(
                given.contains("jobName")
                    ? dataflow.getJobName()
                    : JobName.of(RunDirectory.of(run)))
            .setContainerSpecGcsPath(options.getTemplate())
            .setParameters(parameters(words.parameters(), run))
            .setEnvironment(environment);
    LaunchFlexTemplateRequest message = new LaunchFlexTemplateRequest().setLaunchParameter(launch);
    return new LaunchRequest(
        options, run, options.getValidateOnly() ? message.setValidateOnly(true) : message);
  }

  /** The parameters with the run's name and date as they were found out here. */
  private static Map<String, String> parameters(Map<String, String> given, WorkflowOptions run) {
    Map<String, String> parameters = new TreeMap<>(given);
    parameters.remove("timeZone");
    parameters.put("runId", run.getRunId());
    if (run.getRunDate() != null) {
      parameters.put("runDate", run.getRunDate());
    }
    return parameters;
  }

  private static void require(String option, String value, String accepted) {
    if (value == null || value.isEmpty()) {
      throw new UsageException(option, null, accepted);
    }
  }

  private static Set<String> namesOf(Class<LaunchOptions> type) {
    return OptionSpecs.of(type).visible().stream()
        .map(OptionSpec::name)
        .collect(Collectors.toSet());
  }

  DataflowPipelineOptions dataflow() {
    return options.as(DataflowPipelineOptions.class);
  }

  /** Where the run's files will lie. */
  RunDirectory directory() {
    return RunDirectory.of(run);
  }

  /** The message as indented JSON. */
  String json() throws IOException {
    return GsonFactory.getDefaultInstance().toPrettyString(message);
  }
}
