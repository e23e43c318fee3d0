package io.towerbeam.templates.dataflow;

import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.RunnerSupport;
import io.towerbeam.pipelines.spi.Workflow;
import java.util.Optional;
import org.apache.beam.runners.dataflow.DataflowPipelineJob;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/** Dataflow, as a launcher deals with it. */
public final class DataflowSupport implements RunnerSupport {
  private static final String RUNNER = "DataflowRunner";

  @Override
  public boolean isFor(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals(RUNNER);
  }

  @Override
  public void prepare(Workflow<?> workflow, WorkflowOptions options, Console console) {
    JobChecks.check(workflow, options);
    JobDefaults.set(options.as(DataflowPipelineOptions.class), options.getOutput());
    BucketCheck.check(options);
    if (options.as(DataflowPipelineOptions.class).getSdkContainerImage() == null) {
      console
          .err()
          .println(
              "No --sdkContainerImage is given: Beam's own worker image has no libtorch, so models"
                  + " that learn by gradients cannot be fitted or used");
    }
  }

  @Override
  public void announce(PipelineResult job, Console console) {
    if (job instanceof DataflowPipelineJob submitted) {
      JobNews.announce(submitted, console);
    }
  }

  @Override
  public PipelineResult.State await(PipelineResult job, Console console) {
    return job instanceof DataflowPipelineJob submitted
        ? new JobNews(console).await(submitted)
        : job.waitUntilFinish();
  }

  @Override
  public Optional<String> inWords(Throwable fault) {
    return CloudFaults.inWords(fault);
  }

  @Override
  public boolean isFinal(Throwable fault) {
    return CloudFaults.isFinal(fault);
  }
}
