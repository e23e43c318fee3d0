package io.towerbeam.ml.metrics;

/**
 * hits / k: the share of the k places that hold a relevant item. The divisor is k for short lists
 * too, and also for users with fewer than k relevant items.
 *
 * <p>Source: C. D. Manning, P. Raghavan, H. Schütze, "Introduction to Information Retrieval"
 * (2008), section 8.4.
 */
public final class Precision implements RankingMetric {
  @Override
  public String name() {
    return "precision";
  }

  @Override
  public double of(JudgedList list, int k) {
    return (double) list.count(k) / k;
  }
}
