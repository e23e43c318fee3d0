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

/** Collects rows into a block. Not thread-safe; may go on after {@link #build}. */
public final class BlockBuilder {
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
  public BlockBuilder add(String userId, String itemId, float rating, long time) {
    return add(
        position(userId, userPositions, userIds),
        position(itemId, itemPositions, itemIds),
        rating,
        time);
  }

  /** Adds row {@code row} of {@code columns}. */
  public BlockBuilder add(InteractionColumns columns, int row) {
    if (from != columns) {
      from = columns;
      userPlaces = new int[columns.userIds().size()];
      itemPlaces = new int[columns.itemIds().size()];
    }
    int user = columns.users()[row];
    if (userPlaces[user] == 0) {
      userPlaces[user] = 1 + position(columns.userId(row), userPositions, userIds);
    }
    int item = columns.items()[row];
    if (itemPlaces[item] == 0) {
      itemPlaces[item] = 1 + position(columns.itemId(row), itemPositions, itemIds);
    }
    return add(
        userPlaces[user] - 1, itemPlaces[item] - 1, columns.ratings()[row], columns.times()[row]);
  }

  private BlockBuilder add(int user, int item, float rating, long time) {
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
  public InteractionBlock build(String source, long offset, int shard, ExclusionReason exclusion) {
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
    Integer known = positions.putIfAbsent(id, ids.size());
    if (known != null) {
      return known;
    }
    ids.add(id);
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
