package io.towerbeam.ml.data;

import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of an {@link InteractionBlock} as arrays, N rows; and the builder of such blocks. */
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
    int rows = block.getUsers().remaining() / Integer.BYTES;
    users = new int[rows];
    items = new int[rows];
    ratings = new float[rows];
    times = new long[rows];
    little(block.getUsers()).asIntBuffer().get(users);
    little(block.getItems()).asIntBuffer().get(items);
    little(block.getRatings()).asFloatBuffer().get(ratings);
    little(block.getTimes()).asLongBuffer().get(times);
  }

  /**
   * The columns of {@code block}; the block is not changed.
   *
   * @throws java.nio.BufferUnderflowException if a column is shorter than the first
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

  /** A builder of an empty block. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects rows into a block. Not thread-safe; may go on after {@link #build}. */
  public static final class Builder {
    private final Map<String, Integer> userPositions = new HashMap<>();
    private final Map<String, Integer> itemPositions = new HashMap<>();
    private final List<String> userIds = new ArrayList<>();
    private final List<String> itemIds = new ArrayList<>();
    private int[] users = new int[1024];
    private int[] items = new int[1024];
    private float[] ratings = new float[1024];
    private long[] times = new long[1024];
    private int rows;
    private InteractionColumns from; // the block that rows came from last
    private int[] userPlaces; // 1 + position of each user of from, 0 where it has none yet
    private int[] itemPlaces; // the same of its items

    /** How many rows were added since the start or the last {@link #build}. */
    public int rows() {
      return rows;
    }

    /** Adds a row. */
    public Builder add(String userId, String itemId, float rating, long time) {
      return add(
          position(userId, userPositions, userIds),
          position(itemId, itemPositions, itemIds),
          rating,
          time);
    }

    /** Adds row {@code row} of {@code columns}. */
    public Builder add(InteractionColumns columns, int row) {
      if (from != columns) {
        from = columns;
        userPlaces = new int[columns.userIds.size()];
        itemPlaces = new int[columns.itemIds.size()];
      }
      int user = columns.users[row];
      if (userPlaces[user] == 0) {
        userPlaces[user] = 1 + position(columns.userId(row), userPositions, userIds);
      }
      int item = columns.items[row];
      if (itemPlaces[item] == 0) {
        itemPlaces[item] = 1 + position(columns.itemId(row), itemPositions, itemIds);
      }
      return add(
          userPlaces[user] - 1, itemPlaces[item] - 1, columns.ratings[row], columns.times[row]);
    }

    private Builder add(int user, int item, float rating, long time) {
      if (rows == users.length) {
        grow();
      }
      users[rows] = user;
      items[rows] = item;
      ratings[rows] = rating;
      times[rows] = time;
      rows++;
      return this;
    }

    /** The rows so far as a block; the builder is empty afterwards. */
    public InteractionBlock build(
        String source, long offset, int shard, ExclusionReason exclusion) {
      ByteBuffer packedUsers = allocate(rows * Integer.BYTES);
      ByteBuffer packedItems = allocate(rows * Integer.BYTES);
      ByteBuffer packedRatings = allocate(rows * Float.BYTES);
      ByteBuffer packedTimes = allocate(rows * Long.BYTES);
      packedUsers.asIntBuffer().put(users, 0, rows);
      packedItems.asIntBuffer().put(items, 0, rows);
      packedRatings.asFloatBuffer().put(ratings, 0, rows);
      packedTimes.asLongBuffer().put(times, 0, rows);
      InteractionBlock block =
          InteractionBlock.newBuilder()
              .setSource(source)
              .setOffset(offset)
              .setShard(shard)
              .setExclusion(exclusion)
              .setUserIds(List.copyOf(userIds))
              .setItemIds(List.copyOf(itemIds))
              .setUsers(packedUsers)
              .setItems(packedItems)
              .setRatings(packedRatings)
              .setTimes(packedTimes)
              .build();
      userPositions.clear();
      itemPositions.clear();
      userIds.clear();
      itemIds.clear();
      if (from != null) {
        Arrays.fill(userPlaces, 0);
        Arrays.fill(itemPlaces, 0);
      }
      rows = 0;
      return block;
    }

    private static int position(String id, Map<String, Integer> positions, List<String> ids) {
      Integer known = positions.get(id);
      if (known != null) {
        return known;
      }
      String shared =
          SharedIds.of(id); // the map lives on with its builder, so it must not hold another
      positions.put(shared, ids.size());
      ids.add(shared);
      return ids.size() - 1;
    }

    private void grow() {
      int capacity = Math.multiplyExact(rows, 2);
      users = Arrays.copyOf(users, capacity);
      items = Arrays.copyOf(items, capacity);
      ratings = Arrays.copyOf(ratings, capacity);
      times = Arrays.copyOf(times, capacity);
    }

    private static ByteBuffer allocate(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
