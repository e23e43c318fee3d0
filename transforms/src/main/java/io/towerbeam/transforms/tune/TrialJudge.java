package io.towerbeam.transforms.tune;

import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.metrics.ItemPopularity;
import io.towerbeam.ml.metrics.JudgedList;
import io.towerbeam.ml.metrics.RankingTotals;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.TopKLists;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.train.ShardFilesTrainingData;
import io.towerbeam.transforms.write.RunFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges fitted models by a run's test users, as the leaderboard does.
 *
 * <p>Holds the test users' histories and test items. Beside them, 256 × items float32 scores while
 * it judges. Immutable once read.
 */
final class TrialJudge {
  private final IdIndex items;
  private final List<TestUser> users;
  private final float[] popularity;
  private final ItemPopularity itemPopularity;

  /** A user's train history, and the items that a good list has. */
  private record TestUser(UserHistory history, Set<String> relevant) {}

  /**
   * @param itemCounts (I) train interactions by item index
   */
  private TrialJudge(IdIndex items, List<TestUser> users, long[] itemCounts) {
    this.items = items;
    this.users = users;
    popularity = new float[itemCounts.length];
    Map<String, Long> byId = new HashMap<>();
    for (int item = 0; item < itemCounts.length; item++) {
      popularity[item] = itemCounts[item];
      byId.put(items.id(item), itemCounts[item]);
    }
    itemPopularity = ItemPopularity.of(byId);
  }

  /**
   * Reads the test users of a run from its files.
   *
   * @param counts {@code train_users}, {@code train_items} and {@code train_interactions}
   */
  static TrialJudge of(RunFiles run, Map<String, Long> counts) throws IOException {
    Map<String, Set<String>> relevant = testItems(run);
    ShardFilesTrainingData train = ShardFilesTrainingData.of(run, counts);
    List<TestUser> users = new ArrayList<>();
    train.forEachHistory(
        (user, history) -> {
          Set<String> own = relevant.remove(user);
          if (own != null) {
            users.add(new TestUser(history, own));
          }
        });
    if (!relevant.isEmpty()) {
      throw new IOException(
          "%d test users have no history in the training shards".formatted(relevant.size()));
    }
    return new TrialJudge(train.itemIndex(), users, train.interactions().itemCounts());
  }

  private static Map<String, Set<String>> testItems(RunFiles run) throws IOException {
    Map<String, Set<String>> items = new HashMap<>();
    for (String name : run.data().list("test-*.avro")) {
      try (InputStream in = run.data().open(name)) {
        AvroFiles.read(
            in,
            InteractionBlock.class,
            block -> {
              InteractionColumns rows = InteractionColumns.of(block);
              for (int row = 0; row < rows.rows(); row++) {
                items
                    .computeIfAbsent(rows.userId(row), user -> new HashSet<>())
                    .add(rows.itemId(row));
              }
            });
      }
    }
    return items;
  }

  /**
   * The metrics of a model's lists, by {@code name@k}.
   *
   * @param cutoffs the values of k
   */
  Map<String, Double> metrics(FittedModel model, List<Integer> cutoffs) {
    RankingTotals totals = RankingTotals.empty(cutoffs);
    new TopKLists(Collections.max(cutoffs), popularity)
        .forEach(
            model,
            users.stream().map(TestUser::history).toList(),
            (user, best, scores) -> {
              List<String> list = Arrays.stream(best).mapToObj(items::id).toList();
              Set<String> relevant = users.get(user).relevant();
              totals.add(JudgedList.of(list, relevant, itemPopularity));
            });
    return totals.metrics(items.size());
  }
}
