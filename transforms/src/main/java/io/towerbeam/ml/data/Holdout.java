package io.towerbeam.ml.data;

import io.towerbeam.ml.random.CounterRandom;
import java.io.Serializable;

/**
 * What models are told nothing of though it is on the train side, so that they can be judged by
 * items and users that they have not seen.
 *
 * @param itemShare the share of the items that are held out, 0 to below 1; which ones, a function
 *     of (seed, item id) alone
 * @param seed the run's seed; 0 if no items are held out, since it matters for them alone
 * @param testUsers whether the rows of the test users are left out
 */
public record Holdout(double itemShare, long seed, boolean testUsers) implements Serializable {
  /** Nothing is kept from models. */
  public static final Holdout NONE = new Holdout(0, 0, false);

  /** What random numbers are for: their first coordinate. */
  private static final long FOR_ITEMS = 4;

  public Holdout {
    if (!(itemShare >= 0 && itemShare < 1)) {
      throw new IllegalArgumentException("itemShare must be 0 to below 1, not " + itemShare);
    }
    seed = itemShare > 0 ? seed : 0;
  }

  /** Whether an item is held out. */
  public boolean has(String itemId) {
    return itemShare > 0 && CounterRandom.ofId(seed, FOR_ITEMS, itemId).nextUnit() < itemShare;
  }
}
