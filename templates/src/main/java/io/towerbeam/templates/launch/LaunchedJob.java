package io.towerbeam.templates.launch;

import com.google.api.services.dataflow.Dataflow;
import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.JobMessage;
import com.google.api.services.dataflow.model.LaunchFlexTemplateResponse;
import com.google.api.services.dataflow.model.ListJobMessagesResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.util.DataflowTransport;
import org.apache.beam.runners.dataflow.util.MonitoringUtil;

/** A job that Dataflow was asked to start, by its API. */
final class LaunchedJob {
  static final String DONE = "JOB_STATE_DONE";
  private static final Set<String> ENDS =
      Set.of(
          DONE,
          "JOB_STATE_FAILED",
          "JOB_STATE_CANCELLED",
          "JOB_STATE_DRAINED",
          "JOB_STATE_UPDATED");
  private static final String ERROR = "JOB_MESSAGE_ERROR";

  private final Dataflow client;
  private final DataflowPipelineOptions options;
  private final String id;
  private String state;

  private LaunchedJob(Dataflow client, DataflowPipelineOptions options, Job job) {
    this.client = client;
    this.options = options;
    this.id = job.getId();
    this.state = stateOf(job);
  }

  /**
   * Sends the request. Empty if it asked for a check alone.
   *
   * @throws IOException if Dataflow cannot be reached or refuses
   */
  static Optional<LaunchedJob> launch(LaunchRequest request) throws IOException {
    DataflowPipelineOptions options = request.dataflow();
    Dataflow client = DataflowTransport.newDataflowClient(options).build();
    LaunchFlexTemplateResponse response =
        client
            .projects()
            .locations()
            .flexTemplates()
            .launch(options.getProject(), options.getRegion(), request.message())
            .execute();
    return Optional.ofNullable(response.getJob()).map(job -> new LaunchedJob(client, options, job));
  }

  /** Where a person can watch it. */
  String link() {
    return MonitoringUtil.getJobMonitoringPageURL(options.getProject(), options.getRegion(), id);
  }

  /** Its state when it was last looked at, such as {@code JOB_STATE_QUEUED}. */
  String state() {
    return state;
  }

  /**
   * Waits for its end.
   *
   * @param pause between two looks
   * @param onChange told every new state
   */
  void await(Duration pause, Consumer<String> onChange) throws IOException, InterruptedException {
    while (!ENDS.contains(state)) {
      Thread.sleep(pause.toMillis());
      String now =
          stateOf(
              client
                  .projects()
                  .locations()
                  .jobs()
                  .get(options.getProject(), options.getRegion(), id)
                  .execute());
      if (!now.equals(state)) {
        onChange.accept(now);
      }
      state = now;
    }
  }

  /** What it last said went wrong; empty if it said nothing. */
  Optional<String> lastError() throws IOException {
    ListJobMessagesResponse response =
        client
            .projects()
            .locations()
            .jobs()
            .messages()
            .list(options.getProject(), options.getRegion(), id)
            .setMinimumImportance(ERROR)
            .execute();
    List<JobMessage> messages =
        response.getJobMessages() == null ? List.of() : response.getJobMessages();
    return messages.stream()
        .filter(message -> ERROR.equals(message.getMessageImportance()))
        .reduce((earlier, later) -> later)
        .map(JobMessage::getMessageText);
  }

  private static String stateOf(Job job) {
    // a job that was only just asked for may have none yet
    return job.getCurrentState() == null ? "JOB_STATE_QUEUED" : job.getCurrentState();
  }
}
