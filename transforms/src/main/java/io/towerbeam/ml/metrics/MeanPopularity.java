package io.towerbeam.ml.metrics;

/**
 * The mean share in all train interactions of the listed items among the first k: how much a model
 * leans on what is popular. 0 for an empty list.
 *
 * <p>Source: H. Yin, B. Cui, J. Li, J. Yao, C. Chen, "Challenging the long tail recommendation",
 * VLDB 2012 (average popularity of recommended items), here as a share, so that data sets compare.
 */
public final class MeanPopularity implements RankingMetric {
  @Override
  public String name() {
    return "mean_popularity";
  }

  @Override
  public double of(JudgedList list, int k) {
    double sum = 0;
    int depth = list.depth(k);
    for (int rank = 1; rank <= depth; rank++) {
      sum += list.share(rank);
    }
    return depth == 0 ? 0 : sum / depth;
  }
}
