package io.towerbeam.ml.data;

import io.towerbeam.schemas.InteractionBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All rows of a shard, sorted into canonical blocks. Not thread-safe; holds the shard in memory, at
 * 40 bytes a row.
 */
public final class ShardRows {
  private final List<InteractionColumns> parts = new ArrayList<>();

  /** Adds rows, in any order. */
  public void add(InteractionColumns rows) {
    parts.add(rows);
  }

  /**
   * Gives the rows as blocks sorted by (user, time, item), users whole, and forgets them. Rows
   * equal in all three become one, with the highest rating of them.
   *
   * @return how many rows were collapsed into an equal one
   */
  public long sortInto(int shard, Consumer<InteractionBlock> blocks) {
    Table table = new Table(parts);
    parts.clear();
    return table.writeBlocks(shard, blocks);
  }

  /** The rows of all parts, user by user in the order of ids; of one user in no order. */
  private static final class Table {
    private final String[] users;
    private final String[] itemIds;
    private final int[] ends; // (users): one past the user's last row
    private final int[] items; // (rows): rank in itemIds
    private final float[] ratings;
    private final long[] times;

    Table(List<InteractionColumns> parts) {
      users = sorted(parts.stream().flatMap(part -> part.userIds().stream()));
      itemIds = sorted(parts.stream().flatMap(part -> part.itemIds().stream()));
      int rows = parts.stream().mapToInt(InteractionColumns::rows).reduce(0, Math::addExact);
      items = new int[rows];
      ratings = new float[rows];
      times = new long[rows];
      Map<String, Integer> userRanks = ranks(users);
      Map<String, Integer> itemRanks = ranks(itemIds);
      ends = starts(parts, userRanks);
      for (InteractionColumns part : parts) {
        int[] userRank = part.userIds().stream().mapToInt(userRanks::get).toArray();
        int[] itemRank = part.itemIds().stream().mapToInt(itemRanks::get).toArray();
        for (int row = 0; row < part.rows(); row++) {
          int place = ends[userRank[part.users()[row]]]++; // from the user's start to its end
          items[place] = itemRank[part.items()[row]];
          ratings[place] = part.ratings()[row];
          times[place] = part.times()[row];
        }
      }
    }

    private static String[] sorted(Stream<String> ids) {
      return ids.distinct().sorted(IdOrder.INSTANCE).toArray(String[]::new);
    }

    private static Map<String, Integer> ranks(String[] ids) {
      Map<String, Integer> ranks = new HashMap<>(ids.length * 2);
      IntStream.range(0, ids.length).forEach(rank -> ranks.put(ids[rank], rank));
      return ranks;
    }

    /** (users) where each user's rows begin. */
    private static int[] starts(List<InteractionColumns> parts, Map<String, Integer> userRanks) {
      int[] starts = new int[userRanks.size()];
      for (InteractionColumns part : parts) {
        int[] userRank = part.userIds().stream().mapToInt(userRanks::get).toArray();
        for (int user : part.users()) {
          starts[userRank[user]]++;
        }
      }
      int start = 0;
      for (int user = 0; user < starts.length; user++) {
        int rows = starts[user];
        starts[user] = start;
        start += rows;
      }
      return starts;
    }

    long writeBlocks(int shard, Consumer<InteractionBlock> blocks) {
      InteractionColumns.Builder builder = InteractionColumns.builder();
      long collapsed = 0;
      int sequence = 0;
      for (int user = 0; user < users.length; user++) {
        int start = user == 0 ? 0 : ends[user - 1];
        int rows = ends[user] - start;
        if (builder.rows() > 0 && builder.rows() + rows > InteractionColumns.MAX_ROWS) {
          blocks.accept(builder.build("", sequence++, shard, null));
        }
        Integer[] order = IntStream.range(start, ends[user]).boxed().toArray(Integer[]::new);
        Arrays.sort(order, this::compare);
        int previous = -1;
        for (int row : order) {
          if (previous >= 0 && times[previous] == times[row] && items[previous] == items[row]) {
            collapsed++;
          } else {
            builder.add(users[user], itemIds[items[row]], ratings[row], times[row]);
          }
          previous = row;
        }
      }
      if (builder.rows() > 0) {
        blocks.accept(builder.build("", sequence, shard, null));
      }
      return collapsed;
    }

    /** By time, then item; of equal events the highest rating first, and none (NaN) last. */
    private int compare(int a, int b) {
      if (times[a] != times[b]) {
        return Long.compare(times[a], times[b]);
      }
      if (items[a] != items[b]) {
        return Integer.compare(items[a], items[b]);
      }
      boolean unrated = Float.isNaN(ratings[a]);
      return unrated || Float.isNaN(ratings[b])
          ? Boolean.compare(unrated, Float.isNaN(ratings[b]))
          : Float.compare(ratings[b], ratings[a]);
    }
  }
}
