package io.towerbeam.templates.dataflow;

import com.google.api.services.dataflow.model.JobMessage;
import io.towerbeam.pipelines.spi.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.runners.dataflow.DataflowPipelineJob;
import org.apache.beam.runners.dataflow.util.MonitoringUtil;
import org.apache.beam.sdk.PipelineResult.State;
import org.joda.time.Duration;

/** Tells the user what a job says of itself. Not thread-safe. */
final class JobNews {
  private static final Duration WITHOUT_LIMIT = Duration.millis(-1);

  /** What the service calls basic is what its own tools show. */
  private static final Set<String> SHOWN =
      Set.of("JOB_MESSAGE_BASIC", "JOB_MESSAGE_WARNING", "JOB_MESSAGE_ERROR");

  private final Console console;
  private String lastError = "";

  JobNews(Console console) {
    this.console = console;
  }

  /** Says where the job can be watched, and how it is stopped. */
  static void announce(DataflowPipelineJob job, Console console) {
    console.out().printf("Job %s was submitted: %s%n", job.getJobId(), page(job));
    console
        .out()
        .printf(
            "Stop it by: %s%n",
            MonitoringUtil.getGcloudCancelCommand(job.getDataflowOptions(), job.getJobId()));
  }

  /** The job's page in the console. */
  static String page(DataflowPipelineJob job) {
    return MonitoringUtil.getJobMonitoringPageURL(
        job.getProjectId(), job.getRegion(), job.getJobId());
  }

  /**
   * Waits for the job's end. Stopping this process does not stop the job.
   *
   * @throws IllegalStateException if it does not end well, with the last error that it told
   */
  State await(DataflowPipelineJob job) {
    State state;
    try {
      state = job.waitUntilFinish(WITHOUT_LIMIT, this::tell);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the job goes on: " + page(job), e);
    }
    if (state != State.DONE) {
      String word = state == null ? "unknown" : state.name().toLowerCase(Locale.ROOT);
      throw new IllegalStateException(
          "job %s ended as %s%s"
              .formatted(job.getJobId(), word, lastError.isEmpty() ? "" : ": " + lastError));
    }
    console.out().printf("Job %s is done%n", job.getJobId());
    return state;
  }

  private void tell(List<JobMessage> messages) {
    for (JobMessage message : messages) {
      String text = message.getMessageText();
      if (text == null || text.isBlank() || !SHOWN.contains(message.getMessageImportance())) {
        continue;
      }
      String line = text.lines().findFirst().orElse("").strip();
      if (message.getMessageImportance().equals("JOB_MESSAGE_ERROR")) {
        lastError = line;
      }
      console.out().printf("%s %s%n", message.getTime(), line);
    }
  }
}
