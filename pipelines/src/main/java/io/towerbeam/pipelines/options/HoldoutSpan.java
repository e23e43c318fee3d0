package io.towerbeam.pipelines.options;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The value of {@code --holdout}: a quantile or a span of time.
 *
 * @param quantile of the times, 0 to 1; empty if it is a span
 * @param seconds before the latest time, at least 1; empty if it is a quantile
 */
public record HoldoutSpan(OptionalDouble quantile, OptionalLong seconds) {
  static final String FORM = "[1-9][0-9]{0,5}[dh]|quantile:(0?\\.[0-9]+|0|1|1\\.0+)";
  static final String ACCEPTED =
      "a number of days such as 7d, of hours such as 36h, or quantile:.8 (0 to 1)";

  private static final String QUANTILE = "quantile:";

  /**
   * Makes sure that nothing else says where the split is.
   *
   * @throws UsageException if something does
   */
  public static void requireAlone(SplitOptions options) {
    if (options.getHoldout() != null && options.getSplitTime() != null) {
      throw new UsageException("--holdout and --splitTime exclude each other: give one of them");
    }
  }

  /** The span that a text of the accepted form names. */
  public static HoldoutSpan of(String text) {
    if (text.startsWith(QUANTILE)) {
      double quantile = Double.parseDouble(text.substring(QUANTILE.length()));
      return new HoldoutSpan(OptionalDouble.of(quantile), OptionalLong.empty());
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    TimeUnit unit = text.endsWith("d") ? TimeUnit.DAYS : TimeUnit.HOURS;
    return new HoldoutSpan(OptionalDouble.empty(), OptionalLong.of(unit.toSeconds(number)));
  }
}
