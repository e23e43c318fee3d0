package io.towerbeam.pipelines.testing;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.joda.time.Duration;

/**
 * Takes jobs as a template's launcher does: it runs none of them, and whoever touches the result
 * gets an exception.
 */
public final class UntouchableRunner extends PipelineRunner<PipelineResult> {
  /** The name of a job that is not taken. */
  public static final String REFUSED_JOB = "refused-job";

  private static final List<String> LAST_STEPS = new ArrayList<>();
  private final String jobName;

  private UntouchableRunner(PipelineOptions options) {
    jobName = options.getJobName();
  }

  /** Beam finds it by its name. */
  public static UntouchableRunner fromOptions(PipelineOptions options) {
    return new UntouchableRunner(options);
  }

  /** The full names of the steps of the job that was taken last. */
  public static List<String> lastSteps() {
    return List.copyOf(LAST_STEPS);
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    if (jobName.equals(REFUSED_JOB)) {
      throw new IllegalStateException("no quota");
    }
    LAST_STEPS.clear();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            LAST_STEPS.add(node.getFullName());
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    return new UntouchableResult();
  }

  private static final class UntouchableResult implements PipelineResult {
    @Override
    public State getState() {
      throw touched();
    }

    @Override
    public State cancel() {
      throw touched();
    }

    @Override
    public State waitUntilFinish(Duration duration) {
      throw touched();
    }

    @Override
    public State waitUntilFinish() {
      throw touched();
    }

    @Override
    public MetricResults metrics() {
      throw touched();
    }

    private static UnsupportedOperationException touched() {
      return new UnsupportedOperationException("the result of a template's launch was touched");
    }
  }
}
