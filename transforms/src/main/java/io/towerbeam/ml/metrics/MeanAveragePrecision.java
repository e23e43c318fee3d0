package io.towerbeam.ml.metrics;

/**
 * Average precision, Σ precision@rank · rel(rank) / min(|R|, k) over the ranks 1 to k, where rel is
 * 1 for a hit and 0 for a miss. The mean over users is MAP.
 *
 * <p>Source: C. D. Manning, P. Raghavan, H. Schütze, "Introduction to Information Retrieval"
 * (2008), section 8.4; the divisor min(|R|, k) in place of |R| lets a perfect list of k reach 1.
 */
public final class MeanAveragePrecision implements RankingMetric {
  @Override
  public String name() {
    return "map";
  }

  @Override
  public double of(JudgedList list, int k) {
    double sum = 0;
    int found = 0;
    for (int rank = 1; rank <= list.depth(k); rank++) {
      if (list.isHit(rank)) {
        found++;
        sum += (double) found / rank;
      }
    }
    return sum / list.idealCount(k);
  }
}
