package io.towerbeam.ml.metrics;

/**
 * hits / |R|: the share of the user's relevant items that stand in the first k. A user with more
 * than k relevant items cannot reach 1.
 *
 * <p>Source: C. D. Manning, P. Raghavan, H. Schütze, "Introduction to Information Retrieval"
 * (2008), section 8.3.
 */
public final class Recall implements RankingMetric {
  @Override
  public String name() {
    return "recall";
  }

  @Override
  public double of(JudgedList list, int k) {
    return (double) list.count(k) / list.relevant();
  }
}
