package io.towerbeam.pipelines.run;

import io.towerbeam.pipelines.options.InputOptions;
import io.towerbeam.pipelines.options.Nearest;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Names runs that the user did not name, and dates those that a schedule starts. */
public final class RunIds {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private RunIds() {}

  /** Whether a text can be a run's id: the name of a folder, and no path. */
  public static boolean isRunId(String text) {
    return text.matches(WorkflowOptions.RUN_ID);
  }

  /**
   * Makes sure that a run for a date has input, where it could do without: a schedule must not
   * publish the generated sample day by day.
   *
   * @throws UsageException if it has none
   */
  public static void requireInput(WorkflowOptions options) {
    boolean isScheduled = options.getRunDate() != null;
    if (isScheduled
        && options instanceof InputOptions input
        && input.getInput() == null
        && input.getInteractions() == null
        && input.getInteractionsTable() == null) {
      throw new UsageException(
          "--runDate: a scheduled run needs --input, --interactions or --interactionsTable; the"
              + " generated sample is for trying out alone");
    }
  }

  /**
   * Sets the run id where it is not given, to {@code <workflow>-<runDate>}, or without a run date
   * to {@code <workflow>-<time>}; and the run date where it is {@code auto}, to today's in the time
   * zone. That is then unset: the date alone says which run it is, however it was come by.
   *
   * @throws UsageException if the run date is no day of the calendar, or the time zone is none
   */
  public static void complete(WorkflowOptions options, String workflow, Instant now) {
    String runDate = options.getRunDate();
    if (runDate != null) {
      options.setRunDate(day(runDate, options.getTimeZone(), now).toString());
    } else if (options.getTimeZone() != null) {
      throw new UsageException("--timeZone goes with --runDate=auto: give both");
    }
    options.setTimeZone(null);
    if (options.getRunId() == null) {
      String suffix = runDate == null ? STAMP.format(now) : options.getRunDate();
      options.setRunId(workflow + "-" + suffix);
    }
  }

  private static LocalDate day(String runDate, String timeZone, Instant now) {
    ZoneId zone = timeZone == null ? ZoneOffset.UTC : zone(timeZone);
    if (runDate.equals("auto")) {
      return LocalDate.ofInstant(now, zone);
    }
    try {
      return LocalDate.parse(runDate);
    } catch (DateTimeException e) {
      throw new UsageException("runDate", runDate, "a day that the calendar has, or auto");
    }
  }

  private static ZoneId zone(String timeZone) {
    try {
      return ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      throw new UsageException(
          "timeZone",
          timeZone,
          "a time zone such as UTC, Europe/Berlin or +02:00",
          Nearest.to(timeZone, ZoneId.getAvailableZoneIds()).orElse(null));
    }
  }
}
