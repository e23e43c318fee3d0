package io.towerbeam.ml.statistics;

import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.DataStatistics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds up what a set of blocks is like, in which every user stands whole. Holds a count per item
 * and nothing per user. Not thread-safe.
 */
public final class InteractionSummary {
  private final long[] userActivity;
  private final Map<String, Long> itemCounts;
  private long firstTime;
  private long lastTime;

  /** Of no blocks. */
  public InteractionSummary() {
    this(new long[CountBuckets.BUCKETS], new HashMap<>(), Long.MAX_VALUE, Long.MIN_VALUE);
  }

  /**
   * One that was added up before; goes on in the same array and map.
   *
   * @param userActivity (BUCKETS) users by {@link CountBuckets} of their rows
   * @param itemCounts rows by item
   * @param firstTime the least time, {@link Long#MAX_VALUE} of no rows
   * @param lastTime the greatest time, {@link Long#MIN_VALUE} of no rows
   */
  public InteractionSummary(
      long[] userActivity, Map<String, Long> itemCounts, long firstTime, long lastTime) {
    this.userActivity = userActivity;
    this.itemCounts = itemCounts;
    this.firstTime = firstTime;
    this.lastTime = lastTime;
  }

  /** Adds the rows of a block, whose users are in no other. */
  public void add(InteractionColumns rows) {
    long[] ofUser = new long[rows.userIds().size()];
    long[] ofItem = new long[rows.itemIds().size()];
    for (int row = 0; row < rows.rows(); row++) {
      ofUser[rows.users()[row]]++;
      ofItem[rows.items()[row]]++;
      long time = rows.times()[row];
      firstTime = Math.min(firstTime, time);
      lastTime = Math.max(lastTime, time);
    }
    for (long count : ofUser) {
      userActivity[CountBuckets.of(count)]++;
    }
    for (int item = 0; item < ofItem.length; item++) {
      itemCounts.merge(rows.itemIds().get(item), ofItem[item], Long::sum);
    }
  }

  /** Adds what another one has added up, of other users. */
  public void add(InteractionSummary other) {
    for (int bucket = 0; bucket < userActivity.length; bucket++) {
      userActivity[bucket] += other.userActivity[bucket];
    }
    other.itemCounts.forEach((item, count) -> itemCounts.merge(item, count, Long::sum));
    firstTime = Math.min(firstTime, other.firstTime);
    lastTime = Math.max(lastTime, other.lastTime);
  }

  /** (BUCKETS) users by {@link CountBuckets} of their rows. */
  public long[] userActivity() {
    return userActivity;
  }

  /** Rows by item. */
  public Map<String, Long> itemCounts() {
    return itemCounts;
  }

  /** The least time, {@link Long#MAX_VALUE} of no rows. */
  public long firstTime() {
    return firstTime;
  }

  /** The greatest time, {@link Long#MIN_VALUE} of no rows. */
  public long lastTime() {
    return lastTime;
  }

  /** As far as these blocks tell: what was left out before them is nought. */
  public DataStatistics statistics() {
    boolean isEmpty = itemCounts.isEmpty();
    return DataStatistics.newBuilder()
        .setInteractions(itemCounts.values().stream().mapToLong(Long::longValue).sum())
        .setUsers(Arrays.stream(userActivity).sum())
        .setItems(itemCounts.size())
        .setFirstTime(isEmpty ? null : firstTime)
        .setLastTime(isEmpty ? null : lastTime)
        .setUserActivity(Arrays.stream(userActivity).boxed().toList())
        .setItemPopularity(
            Arrays.stream(CountBuckets.histogram(itemCounts.values())).boxed().toList())
        .build();
  }
}
