package io.towerbeam.ml.data;

/**
 * What is known of a user when scores are asked for: rows of the train side in (time, item) order,
 * those of indexed items only.
 *
 * @param userIndex the user's dense index, or -1 for a user that the model has not seen
 * @param items (H) item indexes
 * @param times (H) seconds since the epoch
 * @param ratings (H) ratings; NaN where there is none
 */
public record UserHistory(int userIndex, int[] items, long[] times, float[] ratings) {
  public UserHistory {
    if (items.length != times.length || items.length != ratings.length) {
      throw new IllegalArgumentException(
          "a history has %d items, %d times and %d ratings"
              .formatted(items.length, times.length, ratings.length));
    }
  }

  /** A user without a history. */
  public static UserHistory empty(int userIndex) {
    return new UserHistory(userIndex, new int[0], new long[0], new float[0]);
  }
}
