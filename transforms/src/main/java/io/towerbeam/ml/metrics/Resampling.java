package io.towerbeam.ml.metrics;

import io.towerbeam.ml.random.CounterRandom;
import java.io.Serializable;

/**
 * How users are drawn again and again: in each of R resamples a user counts as often as a Poisson
 * variable of mean 1 says, a function of (seed, user) alone. So users can be resampled where they
 * are met, in any order and on any worker, and all models see the same resamples.
 *
 * <p>Source: N. Chamandy, O. Muralidharan, A. Najmi, S. Naidu, "Estimating uncertainty for massive
 * data streams", Google technical report (2012): the Poisson bootstrap.
 *
 * @param resamples R, at least 0
 * @param seed the run's seed
 */
public record Resampling(int resamples, long seed) implements Serializable {
  /** No resamples, so no intervals. */
  public static final Resampling NONE = new Resampling(0, 0);

  /** What random numbers are for: their first coordinate. */
  private static final long FOR_RESAMPLES = 3;

  /** P(X ≤ n) of a Poisson variable of mean 1, in parts of 2^32; the last is above every draw. */
  private static final long[] CUMULATIVE = cumulative();

  public Resampling {
    if (resamples < 0) {
      throw new IllegalArgumentException("resamples must be at least 0, not " + resamples);
    }
  }

  /** How often the user counts in each resample, (R). */
  public byte[] weights(String userId) {
    byte[] weights = new byte[resamples];
    CounterRandom random = CounterRandom.ofId(seed, FOR_RESAMPLES, userId);
    for (int resample = 0; resample < resamples; resample++) {
      long drawn = random.nextLong() >>> 32;
      byte weight = 0;
      while (drawn >= CUMULATIVE[weight]) {
        weight++;
      }
      weights[resample] = weight;
    }
    return weights;
  }

  private static long[] cumulative() {
    long[] cumulative = new long[14]; // beyond 13 the probability is below 2^-32
    double probability = StrictMath.exp(-1);
    double sum = 0;
    for (int n = 0; n < cumulative.length; n++) {
      sum += probability;
      probability /= n + 1;
      cumulative[n] = Math.round(sum * 0x1p32);
    }
    cumulative[cumulative.length - 1] = 1L << 32;
    return cumulative;
  }
}
