package io.towerbeam.ml.data;

import io.towerbeam.schemas.InteractionBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * All rows of a shard, sorted into canonical blocks. Not thread-safe; holds the shard in memory.
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
    List<String> users = sortedIds(true);
    Map<String, Integer> userRanks = ranks(users);
    Map<String, Integer> itemRanks = ranks(sortedIds(false));
    List<List<Row>> rowsOfUser = new ArrayList<>(users.size());
    users.forEach(user -> rowsOfUser.add(new ArrayList<>()));
    for (InteractionColumns part : parts) {
      int[] userRank = part.userIds().stream().mapToInt(userRanks::get).toArray();
      int[] itemRank = part.itemIds().stream().mapToInt(itemRanks::get).toArray();
      for (int row = 0; row < part.rows(); row++) {
        rowsOfUser
            .get(userRank[part.users()[row]])
            .add(new Row(part, row, itemRank[part.items()[row]]));
      }
    }
    parts.clear();
    return writeBlocks(shard, rowsOfUser, blocks);
  }

  private static long writeBlocks(
      int shard, List<List<Row>> rowsOfUser, Consumer<InteractionBlock> blocks) {
    InteractionColumns.Builder builder = InteractionColumns.builder();
    long collapsed = 0;
    int sequence = 0;
    for (List<Row> rows : rowsOfUser) {
      if (builder.rows() > 0 && builder.rows() + rows.size() > InteractionColumns.MAX_ROWS) {
        blocks.accept(builder.build("", sequence++, shard, null));
      }
      rows.sort(Row.ORDER);
      Row previous = null;
      for (Row row : rows) {
        if (previous != null && previous.isSameEvent(row)) {
          collapsed++;
        } else {
          builder.add(row.part, row.row);
        }
        previous = row;
      }
      rows.clear();
    }
    if (builder.rows() > 0) {
      blocks.accept(builder.build("", sequence, shard, null));
    }
    return collapsed;
  }

  private List<String> sortedIds(boolean ofUsers) {
    String[] ids =
        parts.stream()
            .flatMap(part -> (ofUsers ? part.userIds() : part.itemIds()).stream())
            .distinct()
            .toArray(String[]::new);
    Arrays.sort(ids, IdOrder.INSTANCE);
    return List.of(ids);
  }

  private static Map<String, Integer> ranks(List<String> ids) {
    Map<String, Integer> ranks = new HashMap<>(ids.size() * 2);
    IntStream.range(0, ids.size()).forEach(rank -> ranks.put(ids.get(rank), rank));
    return ranks;
  }

  private record Row(InteractionColumns part, int row, int itemRank) {
    /** By time, then item; of equal events the highest rating first, and none (NaN) last. */
    static final Comparator<Row> ORDER =
        Comparator.comparingLong(Row::time)
            .thenComparingInt(Row::itemRank)
            .thenComparing(Row::isUnrated)
            .thenComparing(Comparator.comparingDouble(Row::rating).reversed());

    long time() {
      return part.times()[row];
    }

    float rating() {
      return part.ratings()[row];
    }

    boolean isUnrated() {
      return Float.isNaN(rating());
    }

    boolean isSameEvent(Row other) {
      return time() == other.time() && itemRank == other.itemRank;
    }
  }
}
