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
 * some 50 bytes a row.
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
    InteractionColumns rows = joined();
    parts.clear();
    Buckets byUser = Buckets.of(rows.users(), rows.userIds().size());
    BlockBuilder builder = new BlockBuilder();
    long collapsed = 0;
    int sequence = 0;
    for (int user = 0; user < rows.userIds().size(); user++) {
      Integer[] ofUser =
          Arrays.stream(byUser.rows(), byUser.starts()[user], byUser.starts()[user + 1])
              .boxed()
              .toArray(Integer[]::new);
      if (builder.rows() > 0 && builder.rows() + ofUser.length > InteractionColumns.MAX_ROWS) {
        blocks.accept(builder.build("", sequence++, shard, null));
      }
      Arrays.sort(ofUser, (a, b) -> compare(rows, a, b));
      for (int i = 0; i < ofUser.length; i++) {
        if (i > 0 && compareEvents(rows, ofUser[i - 1], ofUser[i]) == 0) {
          collapsed++;
        } else {
          builder.add(rows, ofUser[i]);
        }
      }
    }
    if (builder.rows() > 0) {
      blocks.accept(builder.build("", sequence, shard, null));
    }
    return collapsed;
  }

  /** The rows of all parts, their users and items in the order of ids. */
  private InteractionColumns joined() {
    List<String> userIds = sorted(parts.stream().flatMap(part -> part.userIds().stream()));
    List<String> itemIds = sorted(parts.stream().flatMap(part -> part.itemIds().stream()));
    Map<String, Integer> userRanks = ranks(userIds);
    Map<String, Integer> itemRanks = ranks(itemIds);
    int rows = parts.stream().mapToInt(InteractionColumns::rows).reduce(0, Math::addExact);
    int[] users = new int[rows];
    int[] items = new int[rows];
    float[] ratings = new float[rows];
    long[] times = new long[rows];
    int start = 0;
    for (InteractionColumns part : parts) {
      int[] userRank = part.userIds().stream().mapToInt(userRanks::get).toArray();
      int[] itemRank = part.itemIds().stream().mapToInt(itemRanks::get).toArray();
      for (int row = 0; row < part.rows(); row++) {
        users[start + row] = userRank[part.users()[row]];
        items[start + row] = itemRank[part.items()[row]];
      }
      System.arraycopy(part.ratings(), 0, ratings, start, part.rows());
      System.arraycopy(part.times(), 0, times, start, part.rows());
      start += part.rows();
    }
    return new InteractionColumns(userIds, itemIds, users, items, ratings, times);
  }

  private static List<String> sorted(Stream<String> ids) {
    return ids.distinct().sorted(IdOrder.INSTANCE).toList();
  }

  private static Map<String, Integer> ranks(List<String> ids) {
    Map<String, Integer> ranks = new HashMap<>(ids.size() * 2);
    IntStream.range(0, ids.size()).forEach(rank -> ranks.put(ids.get(rank), rank));
    return ranks;
  }

  /** By time, then item; of equal events the highest rating first, and none (NaN) last. */
  private static int compare(InteractionColumns rows, int a, int b) {
    int byEvent = compareEvents(rows, a, b);
    if (byEvent != 0) {
      return byEvent;
    }
    float ratingA = rows.ratings()[a];
    float ratingB = rows.ratings()[b];
    int byRated = Boolean.compare(Float.isNaN(ratingA), Float.isNaN(ratingB));
    return byRated != 0 ? byRated : Float.compare(ratingB, ratingA);
  }

  private static int compareEvents(InteractionColumns rows, int a, int b) {
    int byTime = Long.compare(rows.times()[a], rows.times()[b]);
    return byTime != 0 ? byTime : Integer.compare(rows.items()[a], rows.items()[b]);
  }
}
