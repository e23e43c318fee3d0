package io.towerbeam.templates.flink;

import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.RunnerSupport;
import io.towerbeam.pipelines.spi.Workflow;
import java.util.Optional;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Flink, as a launcher deals with it: a cluster at {@code --flinkMaster=host:port}, or one inside
 * this process. The runner itself waits for the job, and throws what ended it: nothing is left to
 * say once it gives a result.
 */
public final class FlinkSupport implements RunnerSupport {
  private static final String RUNNER = "FlinkRunner";

  @Override
  public boolean isFor(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals(RUNNER);
  }

  @Override
  public void prepare(Workflow<?> workflow, WorkflowOptions options, Console console) {
    FlinkPipelineOptions job = options.as(FlinkPipelineOptions.class);
    Optional<RestAddress> master = RestAddress.of(job.getFlinkMaster());
    JobDefaults.set(job);
    if (master.isPresent()) {
      AbsolutePaths.setIn(workflow, options);
      JobDefaults.setForCluster(job);
      new ClusterCheck(new FlinkRest(master.get())).check(options, console);
    }
  }

  @Override
  public Optional<String> inWords(Throwable fault) {
    return FlinkFaults.inWords(fault);
  }
}
