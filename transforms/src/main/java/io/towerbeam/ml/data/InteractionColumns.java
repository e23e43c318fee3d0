package io.towerbeam.ml.data;

import io.towerbeam.schemas.InteractionBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The columns of an {@link InteractionBlock} as arrays, N rows; {@link BlockBuilder} makes such
 * blocks.
 */
public final class InteractionColumns {
  /** The most rows a block holds, unless one user alone has more. */
  public static final int MAX_ROWS = 32_768;

  private final List<String> userIds;
  private final List<String> itemIds;
  private final int[] users;
  private final int[] items;
  private final float[] ratings;
  private final long[] times;

  /** Columns that belong together; the arrays are not copied. */
  InteractionColumns(
      List<String> userIds,
      List<String> itemIds,
      int[] users,
      int[] items,
      float[] ratings,
      long[] times) {
    this.userIds = userIds;
    this.itemIds = itemIds;
    this.users = users;
    this.items = items;
    this.ratings = ratings;
    this.times = times;
  }

  private InteractionColumns(InteractionBlock block) {
    userIds = block.getUserIds();
    itemIds = block.getItemIds();
    int rows = rows(block);
    requireFit(
        block.getUsers().remaining() == (long) rows * Integer.BYTES
            && block.getItems().remaining() == (long) rows * Integer.BYTES
            && block.getRatings().remaining() == (long) rows * Float.BYTES
            && block.getTimes().remaining() == (long) rows * Long.BYTES);
    users = new int[rows];
    items = new int[rows];
    ratings = new float[rows];
    times = new long[rows];
    little(block.getUsers()).asIntBuffer().get(users);
    little(block.getItems()).asIntBuffer().get(items);
    little(block.getRatings()).asFloatBuffer().get(ratings);
    little(block.getTimes()).asLongBuffer().get(times);
    requireFit(areBelow(userIds.size(), users) && areBelow(itemIds.size(), items));
  }

  private static void requireFit(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException(
          "the columns of an interaction block do not fit together: its file is damaged");
    }
  }

  private static boolean areBelow(int bound, int[] positions) {
    int low = 0;
    int high = -1;
    for (int position : positions) {
      low = Math.min(low, position);
      high = Math.max(high, position);
    }
    return low == 0 && high < bound;
  }

  /**
   * The columns of {@code block}; the block is not changed.
   *
   * @throws IllegalArgumentException if its columns differ in length, or name what it has no id of
   */
  public static InteractionColumns of(InteractionBlock block) {
    return new InteractionColumns(block);
  }

  /** How many rows {@code block} has. */
  public static int rows(InteractionBlock block) {
    return block.getUsers().remaining() / Integer.BYTES;
  }

  /** N, the number of rows. */
  public int rows() {
    return users.length;
  }

  /** The block's distinct users. */
  public List<String> userIds() {
    return userIds;
  }

  /** The block's distinct items. */
  public List<String> itemIds() {
    return itemIds;
  }

  /** (N) positions in {@link #userIds()}. */
  public int[] users() {
    return users;
  }

  /** (N) positions in {@link #itemIds()}. */
  public int[] items() {
    return items;
  }

  /** (N) ratings, NaN where there is none. */
  public float[] ratings() {
    return ratings;
  }

  /** (N) seconds since the epoch. */
  public long[] times() {
    return times;
  }

  /** The user of row {@code row}. */
  public String userId(int row) {
    return userIds.get(users[row]);
  }

  /** The item of row {@code row}. */
  public String itemId(int row) {
    return itemIds.get(items[row]);
  }

  private static ByteBuffer little(ByteBuffer packed) {
    return packed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
