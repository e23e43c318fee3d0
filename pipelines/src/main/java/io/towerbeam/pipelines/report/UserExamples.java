package io.towerbeam.pipelines.report;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.ml.data.Shards;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which users a report shows, and what it shows of them. */
final class UserExamples {
  /** How many users are shown. */
  static final int USERS = 4;

  private static final int HISTORY = 10;
  private static final int PLACES = 10;

  private UserExamples() {}

  /** By a hash of the id, which knows nothing of how well a user is served; then by id. */
  static final class ByHash implements Comparator<String>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(String a, String b) {
      int byHash =
          Integer.compare(Shards.of(a, Integer.MAX_VALUE), Shards.of(b, Integer.MAX_VALUE));
      return byHash != 0 ? byHash : a.compareTo(b);
    }
  }

  /** The first users of a block: at most {@link #USERS}. */
  static List<String> first(InteractionBlock block) {
    return block.getUserIds().stream().distinct().sorted(new ByHash()).limit(USERS).toList();
  }

  /** The rows of {@code block} that are of these users, as a block; empty if there are none. */
  static Optional<InteractionBlock> rowsOf(InteractionBlock block, Set<String> users) {
    if (Collections.disjoint(users, block.getUserIds())) {
      return Optional.empty();
    }
    InteractionColumns columns = InteractionColumns.of(block);
    BlockBuilder rows = new BlockBuilder();
    for (int row = 0; row < columns.rows(); row++) {
      if (users.contains(columns.userId(row))) {
        rows.add(columns, row);
      }
    }
    return Optional.of(rows.build("", 0, block.getShard(), null));
  }

  /**
   * What is shown of the users.
   *
   * @param train blocks with the users' train rows, in time order within a block
   * @param test blocks with their test rows
   * @param lists of the users and of any models
   */
  static List<UserExample> of(
      List<String> users,
      List<InteractionBlock> train,
      List<InteractionBlock> test,
      List<Recommendation> lists) {
    return users.stream()
        .sorted(new ByHash())
        .map(
            user -> {
              List<String> history = items(user, train);
              List<String> latest = new ArrayList<>(history);
              Collections.reverse(latest);
              return new UserExample(
                  user,
                  latest.stream().limit(HISTORY).toList(),
                  history.size(),
                  new TreeSet<>(items(user, test)),
                  lists(user, lists));
            })
        .toList();
  }

  /** The items whose titles are needed to show these users. */
  static Set<String> items(List<UserExample> users) {
    Set<String> items = new HashSet<>();
    for (UserExample user : users) {
      items.addAll(user.history());
      user.lists().values().forEach(items::addAll);
    }
    return items;
  }

  private static List<String> items(String user, List<InteractionBlock> blocks) {
    List<String> items = new ArrayList<>();
    for (InteractionBlock block : blocks) {
      InteractionColumns columns = InteractionColumns.of(block);
      for (int row = 0; row < columns.rows(); row++) {
        if (columns.userId(row).equals(user)) {
          items.add(columns.itemId(row));
        }
      }
    }
    return items;
  }

  private static Map<String, List<String>> lists(String user, List<Recommendation> all) {
    Map<String, List<String>> lists = new TreeMap<>();
    for (Recommendation list : all) {
      if (list.getUserId().equals(user)) {
        lists.put(
            list.getModel(),
            list.getItems().stream().limit(PLACES).map(RecommendedItem::getItemId).toList());
      }
    }
    return lists;
  }
}
