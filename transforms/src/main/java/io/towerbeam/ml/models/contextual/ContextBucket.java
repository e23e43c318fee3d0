package io.towerbeam.ml.models.contextual;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long a user has been away when items are asked for: the time since the user's last
 * interaction.
 */
enum ContextBucket {
  SAME_DAY(0),
  AFTER_1_DAY(1),
  AFTER_7_DAYS(7),
  AFTER_30_DAYS(30),
  AFTER_90_DAYS(90);

  /** How many there are: K. */
  static final int COUNT = values().length;

  private final long fromSeconds;

  ContextBucket(int fromDays) {
    fromSeconds = Duration.ofDays(fromDays).toSeconds();
  }

  /** The bucket of a user who was away for that long; what is below 0 counts as 0. */
  static ContextBucket of(long secondsAway) {
    ContextBucket found = SAME_DAY;
    for (ContextBucket bucket : values()) {
      if (secondsAway >= bucket.fromSeconds) {
        found = bucket;
      }
    }
    return found;
  }

  /** The shortest absence of this bucket. */
  long fromSeconds() {
    return fromSeconds;
  }

  /** The name in parameters, such as {@code after-30-days}. */
  String parameterName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The bucket of that parameter name. */
  static ContextBucket named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** All parameter names, shortest absence first. */
  static List<String> parameterNames() {
    return Arrays.stream(values()).map(ContextBucket::parameterName).toList();
  }
}
