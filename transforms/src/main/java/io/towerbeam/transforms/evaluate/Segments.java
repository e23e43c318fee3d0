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
      return "activity_0_%d".formatted(REGULAR - 1);
    }
    return trainInteractions < HEAVY
        ? "activity_%d_%d".formatted(REGULAR, HEAVY - 1)
        : "activity_%d_or_more".formatted(HEAVY);
  }

  /** The segment of rows that the split left out for {@code reason}. */
  static String ofExcluded(ExclusionReason reason) {
    return switch (reason) {
      case COLD_USER -> "cold_users";
      case COLD_ITEM -> "cold_items";
      case LIGHT_TRAIN_USER -> "light_train_users";
      case LIGHT_TEST_USER -> "light_test_users";
      case HELD_OUT_ITEM, LEFT_OUT_USER, OTHER -> "excluded_otherwise";
    };
  }
}
