package io.towerbeam.ml.data;

import io.towerbeam.schemas.Interaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The warm split of a small sample, written down row by row, with how many rows it leaves out and
 * why, and the judge of scorers on it.
 */
final class SampleSplit {
  private static final int K = 10;

  final Map<String, Set<String>> train = new HashMap<>();
  final Map<String, Set<String>> test = new HashMap<>();
  final Map<String, Integer> trainCounts = new HashMap<>();
  int lightTrainRows;
  int coldUserRows;
  int coldItemRows;
  int lightTestRows;

  SampleSplit(List<Interaction> interactions) {
    long[] times = interactions.stream().mapToLong(Interaction::getTime).sorted().toArray();
    long threshold = times[(int) Math.rint(.8 * (times.length - 1))];
    fillTrain(interactions.stream().filter(row -> row.getTime() <= threshold).toList());
    fillTest(interactions.stream().filter(row -> row.getTime() > threshold).toList());
  }

  private void fillTrain(List<Interaction> rows) {
    Map<String, Set<String>> byUser = byUser(rows);
    byUser.forEach(
        (user, items) -> {
          if (items.size() < 5) {
            lightTrainRows += items.size();
          } else {
            train.put(user, items);
            items.forEach(item -> trainCounts.merge(item, 1, Integer::sum));
          }
        });
  }

  private void fillTest(List<Interaction> rows) {
    byUser(rows)
        .forEach(
            (user, items) -> {
              int all = items.size();
              if (!train.containsKey(user)) {
                coldUserRows += all;
                return;
              }
              items.retainAll(trainCounts.keySet());
              coldItemRows += all - items.size();
              if (train.get(user).size() < 15 || items.size() < 10) {
                lightTestRows += items.size();
              } else {
                test.put(user, items);
              }
            });
  }

  private static Map<String, Set<String>> byUser(List<Interaction> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                Interaction::getUserId,
                Collectors.mapping(Interaction::getItemId, Collectors.toCollection(HashSet::new))));
  }

  /** Scores an item for the user whose train items are given. */
  @FunctionalInterface
  interface Scorer {
    double score(Set<String> history, String item);
  }

  /** The mean NDCG@10 over the test users, their train items masked. */
  double ndcg(Scorer scorer) {
    return test.keySet().stream().mapToDouble(user -> ndcg(user, scorer)).average().orElseThrow();
  }

  private double ndcg(String user, Scorer scorer) {
    Map<String, Double> scores = new HashMap<>();
    List<String> candidates = new ArrayList<>(trainCounts.keySet());
    candidates.removeAll(train.get(user));
    candidates.forEach(item -> scores.put(item, scorer.score(train.get(user), item)));
    candidates.sort(
        (a, b) -> {
          int byScore = Double.compare(scores.get(b), scores.get(a));
          return byScore != 0 ? byScore : IdOrder.INSTANCE.compare(a, b);
        });
    double gain = 0;
    double ideal = 0;
    for (int rank = 0; rank < K; rank++) {
      double discount = Math.log(2) / Math.log(rank + 2);
      gain += test.get(user).contains(candidates.get(rank)) ? discount : 0;
      ideal += rank < test.get(user).size() ? discount : 0;
    }
    return gain / ideal;
  }
}
