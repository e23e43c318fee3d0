package io.towerbeam.pipelines.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a report calls what results call by names in snake_case. */
final class Words {
  /** The known metrics in the order of the columns; others follow by name. */
  static final List<String> METRICS =
      List.of(
          "ndcg",
          "hit_rate",
          "precision",
          "recall",
          "map",
          "mrr",
          "coverage",
          "novelty",
          "gini",
          "mean_popularity");

  /** Metrics of which more is better beyond doubt. */
  static final List<String> MORE_IS_BETTER =
      List.of("ndcg", "hit_rate", "precision", "recall", "map", "mrr", "coverage");

  /** The known metrics first. */
  static final Comparator<String> METRIC_ORDER = known(METRICS);

  private static final List<String> SEGMENTS =
      List.of("light_train_users", "light_test_users", "cold_users", "cold_items");

  /** Activity buckets by their lower end, then the other known segments, then those unknown. */
  static final Comparator<String> SEGMENT_ORDER =
      Comparator.comparingInt(Words::leastActivity).thenComparing(known(SEGMENTS));

  private static final Pattern ACTIVITY = Pattern.compile("activity_([0-9]{1,9})_(.+)");
  private static final Map<String, String> LABELS =
      Map.of(
          "ndcg", "NDCG",
          "map", "MAP",
          "mrr", "MRR",
          "light_train_users", "Few train interactions",
          "light_test_users", "Few test interactions",
          "cold_users", "Users unknown in train",
          "cold_items", "Items unknown in train");

  private Words() {}

  static String metric(String base) {
    return LABELS.getOrDefault(base, sentence(base));
  }

  static String segment(String segment) {
    Matcher activity = ACTIVITY.matcher(segment);
    if (!activity.matches()) {
      return LABELS.getOrDefault(segment, sentence(segment));
    }
    String upper = activity.group(2);
    return upper.matches("[0-9]+")
        ? "%s–%s train interactions".formatted(activity.group(1), upper)
        : "%s %s train interactions".formatted(activity.group(1), upper.replace('_', ' '));
  }

  /** {@code rows_rejected} as {@code Rows rejected}. */
  static String sentence(String snakeCase) {
    String words = snakeCase.replace('_', ' ').strip();
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** {@code /home/me/ml-1m/ratings.dat} as {@code ml-1m/ratings.dat}: what tells data apart. */
  static String shortPath(String path) {
    String[] parts = path.replace('\\', '/').split("/+");
    int last = parts.length - 1;
    return last < 1 || parts[last - 1].isEmpty() || parts[last - 1].endsWith(":")
        ? parts[Math.max(last, 0)]
        : parts[last - 1] + "/" + parts[last];
  }

  /** {@code /home/me/ml-1m} as {@code ml-1m}. */
  static String lastName(String path) {
    String[] parts = path.replace('\\', '/').split("/+");
    return parts.length == 0 ? path : parts[parts.length - 1];
  }

  private static int leastActivity(String segment) {
    Matcher activity = ACTIVITY.matcher(segment);
    return activity.matches() ? Integer.parseInt(activity.group(1)) : Integer.MAX_VALUE;
  }

  private static Comparator<String> known(List<String> names) {
    return Comparator.comparingInt(
            (String name) -> names.contains(name) ? names.indexOf(name) : names.size())
        .thenComparing(Comparator.naturalOrder());
  }
}
