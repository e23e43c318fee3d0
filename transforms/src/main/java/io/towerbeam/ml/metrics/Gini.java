package io.towerbeam.ml.metrics;

import java.util.Arrays;

/**
 * The Gini coefficient of how often the n train items stand in all users' lists: Σ (2j − n − 1) x_j
 * / (n Σ x_j) over the counts x in ascending order, j from 1. 0 if all are shown equally often,
 * near 1 if all lists show the same few.
 *
 * <p>Source: D. Fleder, K. Hosanagar, "Blockbuster culture's next rise or fall", Management Science
 * 55 (2009).
 */
public final class Gini {
  public static final String NAME = "gini";

  private Gini() {}

  /**
   * The coefficient of items shown {@code counts} times, and of the train items beyond them that
   * are not shown at all; 0 if nothing is shown.
   *
   * @param counts how often each shown item is shown; sorted in place
   * @param trainItems n; if more items than that are shown, their number takes its place
   */
  public static double of(long[] counts, long trainItems) {
    Arrays.sort(counts);
    long items = Math.max(trainItems, counts.length);
    long notShown = items - counts.length;
    double weighted = 0;
    double total = 0;
    for (int shown = 0; shown < counts.length; shown++) {
      long position = notShown + shown + 1;
      weighted += (2.0 * position - items - 1) * counts[shown];
      total += counts[shown];
    }
    return total == 0 ? 0 : weighted / (items * total);
  }
}
