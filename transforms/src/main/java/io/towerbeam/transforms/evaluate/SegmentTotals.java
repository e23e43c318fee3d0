package io.towerbeam.transforms.evaluate;

import io.towerbeam.ml.metrics.BootstrapSums;
import io.towerbeam.ml.metrics.JudgedList;
import io.towerbeam.ml.metrics.RankingMetrics;
import io.towerbeam.ml.metrics.RankingTotals;

/**
 * The sums of one model's metrics over some users of one segment, plain and resampled.
 *
 * @param ranking the plain sums
 * @param bootstrap the sums in each resample
 */
record SegmentTotals(RankingTotals ranking, BootstrapSums bootstrap) {
  static SegmentTotals empty(EvaluationSettings settings) {
    int metrics = settings.cutoffs().size() * RankingMetrics.PER_USER.size();
    return new SegmentTotals(
        RankingTotals.empty(settings.cutoffs()),
        BootstrapSums.empty(settings.resampling().resamples(), metrics));
  }

  /**
   * Adds a user's list.
   *
   * @param weights how often the user counts in each resample
   */
  void add(JudgedList list, byte[] weights) {
    bootstrap.add(weights, ranking.add(list));
  }

  void merge(SegmentTotals other) {
    ranking.merge(other.ranking);
    bootstrap.merge(other.bootstrap);
  }
}
