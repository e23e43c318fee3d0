package io.towerbeam.templates.dataflow;

import com.google.api.services.dataflow.model.Job;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.templates.dataflow.CloudShell.Answer;
import java.util.List;
import java.util.Map;

/**
 * A workflow's job as the service got it.
 *
 * @param words the options that it was submitted with
 */
record Submitted(
    Workflow<?> workflow, List<String> words, Answer answer, Job job, StagedPipeline pipeline) {

  /** The options of the job, by name, as JSON values. */
  static Map<?, ?> options(Job job) {
    return (Map<?, ?>) job.getEnvironment().getSdkPipelineOptions().get("options");
  }

  @Override
  public String toString() {
    return workflow.name();
  }
}
