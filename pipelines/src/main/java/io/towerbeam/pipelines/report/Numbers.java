package io.towerbeam.pipelines.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Numbers and times as a report writes them, in any locale alike. */
final class Numbers {
  /** Stands for a value that is not there. */
  static final String NONE = "–";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

  private Numbers() {}

  /** How many decimals a column of values is to have: fewer, the greater they are. */
  static int decimals(double greatest) {
    if (greatest <= 1) {
      return 4;
    }
    return Math.max(0, 3 - (int) Math.log10(greatest));
  }

  static String fixed(OptionalDouble value, int decimals) {
    return value.isPresent() ? fixed(value.getAsDouble(), decimals) : NONE;
  }

  static String fixed(double value, int decimals) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%,." + decimals + "f", value).replace('-', '−')
        : NONE;
  }

  /** Lower and upper end of an interval, of fractions without their leading zeros. */
  static String interval(List<Double> ends, int decimals) {
    return ends.stream()
        .map(end -> fixed(end, decimals).replaceFirst("^(−?)0\\.", "$1."))
        .collect(Collectors.joining("–"));
  }

  /** With its sign. */
  static String difference(double value, int decimals) {
    String text = fixed(value, decimals);
    return value > 0 ? "+" + text : text;
  }

  static String pValue(double p) {
    return p < .001 ? "< 0.001" : fixed(p, 3);
  }

  static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A time in ISO 8601 for people; as it stands if it is none. */
  static String time(String iso) {
    try {
      return TIME.format(Instant.parse(iso).atOffset(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return iso;
    }
  }

  /** Seconds since 1970 for people. */
  static String time(long epochSeconds) {
    return TIME.format(Instant.ofEpochSecond(epochSeconds).atOffset(ZoneOffset.UTC));
  }
}
