package io.towerbeam.ml.metrics;

/**
 * The mean of −log2 p over the listed items among the first k, in bits, where p is the item's share
 * in all train interactions: how surprising the list is to somebody who only knows what is popular.
 * 0 for an empty list.
 *
 * <p>Source: S. Vargas, P. Castells, "Rank and relevance in novelty and diversity metrics for
 * recommender systems", RecSys 2011 (item novelty by free discovery).
 */
public final class Novelty implements RankingMetric {
  private static final double LOG_2 = Math.log(2);

  @Override
  public String name() {
    return "novelty";
  }

  @Override
  public double of(JudgedList list, int k) {
    double bits = 0;
    int depth = list.depth(k);
    for (int rank = 1; rank <= depth; rank++) {
      bits -= Math.log(list.share(rank)) / LOG_2;
    }
    return depth == 0 ? 0 : bits / depth;
  }
}
