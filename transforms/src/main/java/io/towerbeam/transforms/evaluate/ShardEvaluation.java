package io.towerbeam.transforms.evaluate;

import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.ml.metrics.RankedHits;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges the lists of one shard of users, one by one, against the shard's test items. Holds the
 * shard's test side and the ids of its listed users, never the lists. The totals do not depend on
 * the order of lists, but for those of a model that has a fault. Not thread-safe.
 */
final class ShardEvaluation {
  private final Map<String, Set<String>> testItems = new HashMap<>();
  private final SortedMap<String, ModelTotals> totals = new TreeMap<>();
  private final Map<String, Set<String>> listedUsers = new HashMap<>();

  /**
   * @param models every model, so that one without any list in this shard is found out
   * @param cutoffs the values of k
   */
  ShardEvaluation(Iterable<String> models, List<Integer> cutoffs) {
    for (String model : models) {
      totals.put(model, ModelTotals.empty(cutoffs));
      listedUsers.put(model, new HashSet<>());
    }
  }

  /** Adds test rows; a user's items are a set, whatever blocks they stand in. */
  void addTest(InteractionBlock block) {
    InteractionColumns columns = InteractionColumns.of(block);
    for (int row = 0; row < columns.rows(); row++) {
      testItems
          .computeIfAbsent(columns.userId(row), user -> new HashSet<>())
          .add(columns.itemId(row));
    }
  }

  /** Adds a list; all of the test rows must be there by then. */
  void addList(Recommendation list) {
    String user = list.getUserId();
    List<String> items = list.getItems().stream().map(RecommendedItem::getItemId).toList();
    Set<String> relevant = testItems.get(user);
    ModelTotals model = totals.get(list.getModel());
    boolean first = listedUsers.get(list.getModel()).add(user);
    boolean repeats = RankedHits.repeatsAnItem(items);
    if (!first) {
      model.faulty(ListFault.LISTED_TWICE).add(user);
    }
    if (relevant == null) {
      model.faulty(ListFault.NOT_A_TEST_USER).add(user);
    }
    if (repeats) {
      model.faulty(ListFault.REPEATED_ITEM).add(user);
    }
    if (first && relevant != null && !repeats) {
      model.ranking().add(items, relevant);
    }
  }

  /** The totals of every model, after the last list. */
  SortedMap<String, ModelTotals> finish() {
    totals.forEach(
        (model, modelTotals) ->
            testItems.keySet().stream()
                .filter(user -> !listedUsers.get(model).contains(user))
                .forEach(modelTotals.faulty(ListFault.NO_LIST)::add));
    return totals;
  }
}
