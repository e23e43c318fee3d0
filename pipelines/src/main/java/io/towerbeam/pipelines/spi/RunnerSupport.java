package io.towerbeam.pipelines.spi;

import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import java.util.Optional;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What a launcher does for one runner beyond what Beam does for all: checks before anything runs,
 * options that follow from others, news of the job, and plain words for the faults of its service.
 *
 * <p>Found by {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/io.towerbeam.pipelines.spi.RunnerSupport}. Needs a public constructor without
 * arguments. A runner without any is run as it is.
 */
public interface RunnerSupport {
  /** Whether these options name its runner. */
  boolean isFor(PipelineOptions options);

  /**
   * Checks what the runner needs and sets the options that were not given but follow from others.
   * Reads only. The run has its name; the workflow has not validated the options yet.
   *
   * @throws UsageException for the first thing that cannot work
   */
  void prepare(Workflow<?> workflow, WorkflowOptions options, Console console);

  /** Tells the user where the job, which the runner has taken, can be watched, if anywhere. */
  default void announce(PipelineResult job, Console console) {}

  /** Waits for the job, passing on what it says. */
  default PipelineResult.State await(PipelineResult job, Console console) {
    return job.waitUntilFinish();
  }

  /** A fault of its service on one line, whichever runner met it; empty if it is none. */
  default Optional<String> inWords(Throwable fault) {
    return Optional.empty();
  }

  /**
   * Whether a fault is an answer of its service that trying again will not change: that something
   * is not there, or not allowed.
   */
  default boolean isFinal(Throwable fault) {
    return false;
  }
}
