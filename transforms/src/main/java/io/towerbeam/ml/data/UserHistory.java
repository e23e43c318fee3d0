package io.towerbeam.ml.data;

import java.util.Arrays;

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

  /**
   * The same user with the rows of another history among its own, in (time, item) order. Rows equal
   * in both are there once, with this history's rating.
   */
  public UserHistory with(UserHistory other) {
    int[] mergedItems = new int[items.length + other.items.length];
    long[] mergedTimes = new long[mergedItems.length];
    float[] mergedRatings = new float[mergedItems.length];
    int own = 0;
    int others = 0;
    int size = 0;
    while (own < items.length || others < other.items.length) {
      int order = compare(own, other, others);
      UserHistory from = order <= 0 ? this : other;
      int row = order <= 0 ? own : others;
      mergedItems[size] = from.items[row];
      mergedTimes[size] = from.times[row];
      mergedRatings[size++] = from.ratings[row];
      own += order <= 0 ? 1 : 0;
      others += order >= 0 ? 1 : 0;
    }
    return new UserHistory(
        userIndex,
        Arrays.copyOf(mergedItems, size),
        Arrays.copyOf(mergedTimes, size),
        Arrays.copyOf(mergedRatings, size));
  }

  /** How this history's row stands to the other's; a row past the end comes last. */
  private int compare(int row, UserHistory other, int otherRow) {
    if (row == items.length || otherRow == other.items.length) {
      return row == items.length ? 1 : -1;
    }
    int byTime = Long.compare(times[row], other.times[otherRow]);
    return byTime != 0 ? byTime : Integer.compare(items[row], other.items[otherRow]);
  }
}
