package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;

/** What every workflow can be told: where a run's files go, what it is called, and its seed. */
public interface WorkflowOptions extends PipelineOptions {
  /** The form of a run's id. */
  String RUN_ID = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}";

  @Description(
      "Folder that runs, champions and the table of all experiments go to; created if absent")
  @Default.String("./towerbeam-output")
  @PathTo(PathTo.Place.WRITE_FOLDER)
  String getOutput();

  void setOutput(String output);

  @Description(
      "The run's name, and its folder under <output>/runs. The same name with the same options goes"
          + " on with an unfinished run. Default: the workflow and --runDate, or else the time in"
          + " UTC")
  @Matches(
      regex = RUN_ID,
      accepted = "1 to 100 letters, digits, dots, underscores or hyphens, no dot first")
  String getRunId();

  void setRunId(String runId);

  @Description(
      "The day that a scheduled run is for: names the run, so that the day's second start goes on"
          + " with the first. auto is today in --timeZone")
  @Matches(
      regex = "auto|[0-9]{4}-[0-9]{2}-[0-9]{2}",
      accepted = "a date such as 2026-01-31, or auto for today")
  String getRunDate();

  void setRunDate(String runDate);

  @Description(
      "Where --runDate=auto takes today from: a time zone such as Europe/Berlin or +02:00. Default:"
          + " UTC")
  @Matches(
      regex = "[A-Za-z0-9_+:-]+(/[A-Za-z0-9_+-]+)*",
      accepted = "a time zone such as UTC, Europe/Berlin or +02:00")
  String getTimeZone();

  void setTimeZone(String timeZone);

  @Description("The only source of randomness: the same seed, options and input give the same run")
  @Default.Long(42)
  @Range(min = 0, max = Integer.MAX_VALUE)
  Long getSeed();

  void setSeed(Long seed);

  /**
   * When the run was claimed, ISO 8601 in UTC: every time in names and results is this one. Set by
   * the launcher before {@code build}, null in {@code validate}.
   */
  @Hidden
  @Description("When the run was claimed, ISO 8601 in UTC; set by the launcher")
  String getStartTime();

  void setStartTime(String startTime);
}
