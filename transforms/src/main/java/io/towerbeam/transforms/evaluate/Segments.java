package io.towerbeam.transforms.evaluate;

import io.towerbeam.schemas.ExclusionReason;

/**
 * The groups of users that a model is judged on apart, by name. The headline is the test side;
 * buckets of activity are parts of it. The others are made of what the split left out after its
 * threshold, and hold whoever has such rows.
 */
final class Segments {
  /** All test users. */
  static final String ALL = "all";

  private static final long REGULAR = 50;
  private static final long HEAVY = 150;

  private Segments() {}

  /** The bucket of a test user with that many train interactions. */
  static String ofActivity(long trainInteractions) {
    if (trainInteractions < REGULAR) {
      return "activity_under_%d".formatted(REGULAR);
    }
    return trainInteractions < HEAVY
        ? "activity_%d_to_%d".formatted(REGULAR, HEAVY - 1)
        : "activity_%d_or_more".formatted(HEAVY);
  }

  /** The segment of rows that the split left out for {@code reason}. */
  static String ofExcluded(ExclusionReason reason) {
    return switch (reason) {
      case COLD_USER -> "users_unknown_in_train";
      case COLD_ITEM -> "items_unknown_in_train";
      case LIGHT_TRAIN_USER -> "users_light_in_train";
      case LIGHT_TEST_USER -> "users_light_in_test";
      case OTHER -> "excluded_otherwise";
    };
  }
}
