package io.towerbeam.ml.metrics;

/**
 * Distinct items in the first k places of all users' lists / items of the train side: how much of
 * the catalogue a model shows at all. At most 1 as long as only train items are recommended; items
 * outside the train side count as well, so that a model of new items may exceed it.
 *
 * <p>Source: M. Ge, C. Delgado-Battenfeld, D. Jannach, "Beyond accuracy: evaluating recommender
 * systems by coverage and serendipity", RecSys 2010 (catalogue coverage).
 */
public final class Coverage {
  public static final String NAME = "coverage";

  private Coverage() {}

  /**
   * {@code recommended} distinct items of {@code trainItems}; 0 if nothing was recommended.
   *
   * @throws IllegalArgumentException if there are no train items
   */
  public static double of(long recommended, long trainItems) {
    if (trainItems < 1) {
      throw new IllegalArgumentException(
          "train items: %d; coverage needs at least 1".formatted(trainItems));
    }
    return (double) recommended / trainItems;
  }
}
