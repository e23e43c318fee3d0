package io.towerbeam.templates.cloud;

import com.google.api.services.dataflow.model.Job;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a job goes that nobody runs.
 *
 * @param states one more each time somebody asks for the job; the last one stays
 * @param messages what the job says, such as {@code JOB_MESSAGE_ERROR: no quota}; an importance and
 *     a text each
 * @param atLastState called once, when the last state is reached: to leave files as a job would
 */
public record JobScript(List<String> states, List<String> messages, Consumer<Job> atLastState) {
  /** Runs for ever. */
  public static JobScript running() {
    return of("JOB_STATE_RUNNING");
  }

  /** Goes through these states. */
  public static JobScript of(String... states) {
    return new JobScript(List.of(states), List.of(), job -> {});
  }

  /** The same, saying something. */
  public JobScript saying(String... words) {
    return new JobScript(states, List.of(words), atLastState);
  }

  /** The same, doing something when the last state is reached. */
  public JobScript leaving(Consumer<Job> files) {
    return new JobScript(states, messages, files);
  }
}
