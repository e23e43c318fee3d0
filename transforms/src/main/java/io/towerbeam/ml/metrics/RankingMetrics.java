package io.towerbeam.ml.metrics;

import java.util.List;

/** The catalogue of metrics that every result carries. */
public final class RankingMetrics {
  /** The metrics that are means over users, in the order of the report's columns. */
  public static final List<RankingMetric> PER_USER =
      List.of(
          new HitRate(),
          new Precision(),
          new Recall(),
          new Ndcg(),
          new MeanAveragePrecision(),
          new ReciprocalRank(),
          new Novelty(),
          new MeanPopularity());

  private RankingMetrics() {}

  /** The keys of the means over users: for each cutoff, each metric of {@link #PER_USER}. */
  public static List<String> keys(List<Integer> cutoffs) {
    return cutoffs.stream()
        .flatMap(k -> PER_USER.stream().map(metric -> key(metric.name(), k)))
        .toList();
  }

  /** A metric's key in a result: {@code name@k}, such as {@code ndcg@10}. */
  public static String key(String name, int k) {
    return name + "@" + k;
  }
}
