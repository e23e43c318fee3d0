package io.towerbeam.ml.metrics;

/**
 * Normalised discounted cumulative gain, DCG / IDCG. DCG is the sum of 1 / log2(rank + 1) over the
 * hits among the first k; IDCG is the same sum over the ranks 1 to min(|R|, k), the best that any
 * list could reach.
 *
 * <p>Source: K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM
 * TOIS 20 (2002), with binary gains and the discount log2(rank + 1).
 */
public final class Ndcg implements RankingMetric {
  @Override
  public String name() {
    return "ndcg";
  }

  @Override
  public double of(JudgedList list, int k) {
    double gain = 0;
    for (int rank = 1; rank <= list.depth(k); rank++) {
      gain += list.isHit(rank) ? discount(rank) : 0;
    }
    double ideal = 0;
    for (int rank = 1; rank <= list.idealCount(k); rank++) {
      ideal += discount(rank);
    }
    return gain / ideal;
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 1);
  }
}
