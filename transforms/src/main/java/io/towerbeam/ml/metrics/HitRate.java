package io.towerbeam.ml.metrics;

/**
 * 1 if any of the first k items is relevant, else 0; its mean is the share of users with a hit.
 *
 * <p>Source: M. Deshpande, G. Karypis, "Item-based top-N recommendation algorithms", ACM TOIS 22
 * (2004).
 */
public final class HitRate implements RankingMetric {
  @Override
  public String name() {
    return "hit_rate";
  }

  @Override
  public double of(JudgedList list, int k) {
    return list.count(k) > 0 ? 1 : 0;
  }
}
