package io.towerbeam.pipelines.options;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The value of {@code --splitTime}. */
public final class SplitTime {
  static final String ACCEPTED =
      "epoch seconds, a time such as 2000-12-01T00:00:00Z, or a date (its midnight in UTC)";

  private SplitTime() {}

  /**
   * The seconds since 1970-01-01T00:00:00Z that {@code text} names.
   *
   * @throws UsageException if it names no time
   */
  public static long epochSeconds(String text) {
    try {
      if (text.contains("T")) {
        return OffsetDateTime.parse(text).toEpochSecond();
      }
      if (text.lastIndexOf('-') > 0) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
      }
      return Long.parseLong(text);
    } catch (DateTimeException | NumberFormatException e) {
      throw new UsageException("splitTime", text, ACCEPTED);
    }
  }
}
