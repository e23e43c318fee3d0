package io.towerbeam.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final int USERS = 300;
  private static final int RESAMPLES = 2000;

  /** The sums of users whose only metric has these values. */
  private static BootstrapSums sums(double[] values) {
    Resampling resampling = new Resampling(RESAMPLES, 42);
    BootstrapSums sums = BootstrapSums.empty(RESAMPLES, 1);
    for (int user = 0; user < values.length; user++) {
      long value = Math.round(values[user] * RankingTotals.UNITS_PER_ONE);
      sums.add(resampling.weights("user" + user), new long[] {value});
    }
    return sums;
  }

  private static double[] draw(long seed, double shift) {
    Random random = new Random(seed);
    return random.doubles(USERS).map(value -> value * value + shift).toArray();
  }

  @Test
  void anIntervalIsThatOfDrawingUsersWithReplacement() {
    double[] values = draw(1, 0);
    Random random = new Random(2);
    double[] means = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      means[resample] =
          random.ints(USERS, 0, USERS).mapToDouble(user -> values[user]).average().orElseThrow();
    }
    Bootstrap.Interval expected = Bootstrap.interval(means);
    Bootstrap.Interval interval = Bootstrap.interval(sums(values).means(0));
    assertThat(interval.lower()).isCloseTo(expected.lower(), within(.006));
    assertThat(interval.upper()).isCloseTo(expected.upper(), within(.006));
  }

  @Test
  void anIntervalLiesBetweenTheQuantilesAsNumPyHasThem() {
    double[] means = new double[101];
    Arrays.setAll(means, i -> (100 - i) / 100.0);
    assertThat(Bootstrap.interval(means).lower()).isCloseTo(.025, within(1e-12));
    assertThat(Bootstrap.interval(means).upper()).isCloseTo(.975, within(1e-12));
  }

  @Test
  void aModelDoesNotDifferFromItself() {
    double[] means = sums(draw(1, 0)).means(0);
    assertThat(Bootstrap.difference(means, means))
        .isEqualTo(new Bootstrap.Difference(new Bootstrap.Interval(0, 0), 1));
  }

  @Test
  void aConstantDifferenceIsFoundHoweverMuchUsersDiffer() {
    double[] means = sums(draw(1, .01)).means(0);
    double[] others = sums(draw(1, 0)).means(0);
    Bootstrap.Difference difference = Bootstrap.difference(means, others);
    assertThat(difference.interval().lower()).isCloseTo(.01, within(1e-8));
    assertThat(difference.pValue()).isEqualTo(2.0 / (RESAMPLES + 1));
    assertThat(Bootstrap.difference(others, means).pValue()).isEqualTo(difference.pValue());
  }

  @Test
  void noiseAloneIsNoDifference() {
    int found = 0;
    for (int trial = 0; trial < 40; trial++) {
      double[] means = sums(draw(100 + trial, 0)).means(0);
      double[] others = sums(draw(200 + trial, 0)).means(0);
      found += Bootstrap.difference(means, others).pValue() < .05 ? 1 : 0;
    }
    assertThat(found).isLessThan(8); // 2 are expected
  }

  @Test
  void usersInAnyOrderAndGroupingGiveTheSameSums() {
    double[] values = draw(1, 0);
    BootstrapSums whole = sums(values);
    Resampling resampling = new Resampling(RESAMPLES, 42);
    BootstrapSums first = BootstrapSums.empty(RESAMPLES, 1);
    BootstrapSums second = BootstrapSums.empty(RESAMPLES, 1);
    for (int user = USERS - 1; user >= 0; user--) {
      long value = Math.round(values[user] * RankingTotals.UNITS_PER_ONE);
      (user % 3 == 0 ? first : second).add(resampling.weights("user" + user), new long[] {value});
    }
    first.merge(second);
    assertThat(first.sums()).isEqualTo(whole.sums());
    assertThat(first.weights()).isEqualTo(whole.weights());
  }

  @Test
  void resamplesWithoutUsersAreLeftOut() {
    BootstrapSums sums = BootstrapSums.empty(3, 1);
    sums.add(new byte[] {1, 0, 2}, new long[] {1L << 30});
    assertThat(sums.means(0)).containsExactly(1, 1);
  }

  @Test
  void refusesToPairOtherResamples() {
    assertThatThrownBy(() -> Bootstrap.difference(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BootstrapSums.empty(2, 1).merge(BootstrapSums.empty(3, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BootstrapSums.restore(new long[2], new long[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
