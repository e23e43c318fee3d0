package io.towerbeam.ml.metrics;

/**
 * 1 / rank of the first hit among the first k, 0 if there is none. The mean over users is MRR.
 *
 * <p>Source: E. M. Voorhees, "The TREC-8 question answering track report" (1999).
 */
public final class ReciprocalRank implements RankingMetric {
  @Override
  public String name() {
    return "mrr";
  }

  @Override
  public double of(JudgedList list, int k) {
    for (int rank = 1; rank <= list.depth(k); rank++) {
      if (list.isHit(rank)) {
        return 1.0 / rank;
      }
    }
    return 0;
  }
}
