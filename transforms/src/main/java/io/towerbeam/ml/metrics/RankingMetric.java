package io.towerbeam.ml.metrics;

/**
 * A number that one user's list has, such as how good or how surprising it is; a result holds its
 * mean over users.
 *
 * <p>Implementations are stateless and thread-safe. To add one, write the class and list it in
 * {@link RankingMetrics#PER_USER}.
 */
public interface RankingMetric {
  /** The name that results carry before {@code @k}: lower case, words joined by underscores. */
  String name();

  /**
   * The metric over the first {@code k} ranks; a list shorter than {@code k} counts as if it were
   * filled up with misses.
   *
   * @return a finite number, 0 for an empty list
   * @throws IllegalArgumentException if {@code k} is below 1
   */
  double of(JudgedList list, int k);
}
