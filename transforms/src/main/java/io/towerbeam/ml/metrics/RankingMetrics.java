package io.towerbeam.ml.metrics;

import java.util.List;

/** The catalogue of metrics that every result carries. */
public final class RankingMetrics {
  /** The metrics that are means over users, in the order of the report's columns. */
  public static final List<RankingMetric> PER_USER =
      List.of(new HitRate(), new Precision(), new Recall(), new Ndcg(), new MeanAveragePrecision());

  private RankingMetrics() {}

  /** A metric's key in a result: {@code name@k}, such as {@code ndcg@10}. */
  public static String key(String name, int k) {
    return name + "@" + k;
  }
}
