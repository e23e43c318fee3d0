package io.towerbeam.ml.data;

import io.towerbeam.schemas.InteractionBlock;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** The users of a shard's train blocks with their histories, in index order. */
public final class ShardHistories {
  private ShardHistories() {}

  /**
   * Gives every user of the blocks to {@code consumer}.
   *
   * @param blocks one shard's train blocks in the order of their place in it
   * @param firstUser the dense index of the first user
   * @param items the indexed items; rows of others are left out
   */
  public static void forEach(
      Iterable<InteractionBlock> blocks,
      int firstUser,
      IdIndex items,
      BiConsumer<String, UserHistory> consumer) {
    int user = firstUser;
    for (InteractionBlock block : blocks) {
      InteractionColumns rows = InteractionColumns.of(block);
      int[] itemIndex = rows.itemIds().stream().mapToInt(items::indexOf).toArray();
      int start = 0;
      while (start < rows.rows()) {
        int end = start;
        while (end < rows.rows() && rows.users()[end] == rows.users()[start]) {
          end++;
        }
        consumer.accept(rows.userId(start), history(rows, start, end, itemIndex, user++));
        start = end;
      }
    }
  }

  private static UserHistory history(
      InteractionColumns rows, int start, int end, int[] itemIndex, int user) {
    int[] items = new int[end - start];
    long[] times = new long[end - start];
    float[] ratings = new float[end - start];
    int size = 0;
    for (int row = start; row < end; row++) {
      int item = itemIndex[rows.items()[row]];
      if (item >= 0) {
        items[size] = item;
        times[size] = rows.times()[row];
        ratings[size] = rows.ratings()[row];
        size++;
      }
    }
    return new UserHistory(
        user, Arrays.copyOf(items, size), Arrays.copyOf(times, size), Arrays.copyOf(ratings, size));
  }
}
