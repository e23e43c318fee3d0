package io.towerbeam.ml.data;

import java.util.Arrays;

/**
 * The train interactions as compressed sparse rows: user u's items are {@code items[offsets[u]]} to
 * {@code items[offsets[u + 1] - 1]}, in (time, item) order as in the training shards, repeats
 * included.
 *
 * <p>Must fit in memory: 4 bytes an interaction and 4 bytes a user; at most 2^31 − 1 interactions.
 *
 * @param userCount number of users
 * @param itemCount number of items
 * @param offsets (userCount + 1) row starts
 * @param items (interactions) item indexes, each below itemCount; not copied, so do not write to
 *     them
 */
public record InteractionMatrix(int userCount, int itemCount, int[] offsets, int[] items) {
  public InteractionMatrix {
    if (offsets.length != userCount + 1 || offsets[userCount] != items.length) {
      throw new IllegalArgumentException(
          "%d offsets ending in %d do not fit %d users and %d interactions"
              .formatted(offsets.length, offsets[offsets.length - 1], userCount, items.length));
    }
  }

  /** How many interactions there are, repeats included. */
  public int size() {
    return items.length;
  }

  /** The user of interaction {@code row}. */
  public int userOf(int row) {
    int found = Arrays.binarySearch(offsets, row);
    if (found < 0) {
      return -found - 2;
    }
    while (offsets[found + 1] == row) { // users without interactions share an offset
      found++;
    }
    return found;
  }

  /** The users of all interactions, (N). */
  public int[] userOfRows() {
    int[] users = new int[items.length];
    for (int user = 0; user < userCount; user++) {
      Arrays.fill(users, offsets[user], offsets[user + 1], user);
    }
    return users;
  }

  /**
   * The binary matrix: each (user, item) pair once, a row's items ascending. Takes 8 bytes an
   * interaction more while it is made.
   */
  public InteractionMatrix distinct() {
    return transposed().withoutNeighbours().transposed(); // sorted by counting, in linear time
  }

  /** These rows with equal items that stand beside each other taken as one. */
  private InteractionMatrix withoutNeighbours() {
    int[] keptOffsets = new int[offsets.length];
    int[] kept = new int[items.length];
    int size = 0;
    for (int user = 0; user < userCount; user++) {
      for (int row = offsets[user]; row < offsets[user + 1]; row++) {
        if (row == offsets[user] || items[row] != items[row - 1]) {
          kept[size++] = items[row];
        }
      }
      keptOffsets[user + 1] = size;
    }
    return new InteractionMatrix(userCount, itemCount, keptOffsets, Arrays.copyOf(kept, size));
  }

  /** The same interactions by item: users and items change places, a row's users ascend. */
  public InteractionMatrix transposed() {
    int[] starts = new int[itemCount + 1];
    for (int item : items) {
      starts[item + 1]++;
    }
    for (int item = 0; item < itemCount; item++) {
      starts[item + 1] += starts[item];
    }
    int[] next = starts.clone();
    int[] users = new int[items.length];
    for (int user = 0; user < userCount; user++) {
      for (int row = offsets[user]; row < offsets[user + 1]; row++) {
        users[next[items[row]]++] = user;
      }
    }
    return new InteractionMatrix(itemCount, userCount, starts, users);
  }

  /** Interactions per item, (itemCount), repeats included. */
  public long[] itemCounts() {
    long[] counts = new long[itemCount];
    for (int item : items) {
      counts[item]++;
    }
    return counts;
  }
}
