package io.towerbeam.pipelines.run;

import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Names runs that the user did not name. */
public final class RunIds {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private RunIds() {}

  /**
   * Sets the run id where it is not given, to {@code <workflow>-<runDate>}, or without a run date
   * to {@code <workflow>-<time>}; and the run date to today's in UTC where it is {@code auto}.
   *
   * @throws UsageException if the run date is no day of the calendar
   */
  public static void complete(WorkflowOptions options, String workflow, Instant now) {
    String runDate = options.getRunDate();
    if (runDate != null) {
      options.setRunDate(day(runDate, now).toString());
    }
    if (options.getRunId() == null) {
      String suffix = runDate == null ? STAMP.format(now) : options.getRunDate();
      options.setRunId(workflow + "-" + suffix);
    }
  }

  private static LocalDate day(String runDate, Instant now) {
    if (runDate.equals("auto")) {
      return now.atOffset(ZoneOffset.UTC).toLocalDate();
    }
    try {
      return LocalDate.parse(runDate);
    } catch (DateTimeException e) {
      throw new UsageException("runDate", runDate, "a day that the calendar has, or auto");
    }
  }
}
