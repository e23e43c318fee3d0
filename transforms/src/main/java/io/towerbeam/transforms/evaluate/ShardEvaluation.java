package io.towerbeam.transforms.evaluate;

import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.ml.metrics.ItemPopularity;
import io.towerbeam.ml.metrics.JudgedList;
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
 * Judges the lists of one shard of users, one by one, against the shard's test and excluded items.
 * Holds these, the resampling weights of its users (a byte a resample) and the ids of listed users,
 * never the lists. The totals do not depend on the order of lists, but for those of a model that
 * has a fault. Not thread-safe.
 */
final class ShardEvaluation {
  private final EvaluationSettings settings;
  private final ItemPopularity popularity;

  /** The items that a user's list is judged by, by user and segment. */
  private final Map<String, Map<String, Set<String>>> relevant = new HashMap<>();

  private final Map<String, byte[]> weights = new HashMap<>();
  private final SortedMap<String, ModelTotals> totals = new TreeMap<>();
  private final Map<String, Set<String>> listedUsers = new HashMap<>();

  /**
   * @param models every model, so that one without any list in this shard is found out
   */
  ShardEvaluation(Iterable<String> models, EvaluationSettings settings, ItemPopularity popularity) {
    this.settings = settings;
    this.popularity = popularity;
    for (String model : models) {
      totals.put(model, new ModelTotals(settings));
      listedUsers.put(model, new HashSet<>());
    }
  }

  /**
   * Adds rows of the test side, or rows after the threshold that the split excluded; a user's items
   * are a set, whatever blocks they stand in.
   */
  void addJudged(InteractionBlock block) {
    String segment =
        block.getExclusion() == null ? Segments.ALL : Segments.ofExcluded(block.getExclusion());
    InteractionColumns columns = InteractionColumns.of(block);
    for (int row = 0; row < columns.rows(); row++) {
      relevant
          .computeIfAbsent(columns.userId(row), user -> new TreeMap<>())
          .computeIfAbsent(segment, s -> new HashSet<>())
          .add(columns.itemId(row));
    }
  }

  /**
   * Puts test users into buckets of activity; all of the test rows must be there by then.
   *
   * @param trainInteractions by user, all that the user has
   */
  void addActivity(Map<String, Long> trainInteractions) {
    trainInteractions.forEach(
        (user, interactions) -> {
          Map<String, Set<String>> bySegment = relevant.getOrDefault(user, Map.of());
          Set<String> test = bySegment.get(Segments.ALL);
          if (test != null) {
            bySegment.put(Segments.ofActivity(interactions), test);
          }
        });
  }

  /** Adds a list; all that it is judged by must be there by then. */
  void addList(Recommendation list) {
    String user = list.getUserId();
    List<String> items = list.getItems().stream().map(RecommendedItem::getItemId).toList();
    Map<String, Set<String>> bySegment = relevant.get(user);
    ModelTotals model = totals.get(list.getModel());
    boolean first = listedUsers.get(list.getModel()).add(user);
    boolean repeats = JudgedList.repeatsAnItem(items);
    if (!first) {
      model.faulty(ListFault.LISTED_TWICE).add(user);
    }
    if (bySegment == null) {
      model.faulty(ListFault.NOT_A_TEST_USER).add(user);
    }
    if (repeats) {
      model.faulty(ListFault.REPEATED_ITEM).add(user);
    }
    if (first && bySegment != null && !repeats) {
      byte[] counted = weights.computeIfAbsent(user, settings.resampling()::weights);
      bySegment.forEach(
          (segment, relevantItems) ->
              model.add(segment, JudgedList.of(items, relevantItems, popularity), counted));
    }
  }

  /** The totals of every model, after the last list. */
  SortedMap<String, ModelTotals> finish() {
    totals.forEach(
        (model, modelTotals) ->
            relevant.forEach(
                (user, bySegment) -> {
                  if (!listedUsers.get(model).contains(user)) {
                    addUnlisted(user, bySegment.keySet(), modelTotals);
                  }
                }));
    return totals;
  }

  /** A test user needs a list; that of another user only its segments do. */
  private static void addUnlisted(String user, Set<String> segments, ModelTotals totals) {
    if (segments.contains(Segments.ALL)) {
      totals.faulty(ListFault.NO_LIST).add(user);
    } else {
      totals.incomplete().addAll(segments);
    }
  }
}
