package io.towerbeam.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ResamplingTest {
  private static final int RESAMPLES = 100_000;

  @Test
  void aUserCountsAsOftenAsAPoissonVariableOfMeanOne() {
    int[] seen = new int[14];
    for (byte weight : new Resampling(RESAMPLES, 42).weights("user")) {
      seen[weight]++;
    }
    double probability = Math.exp(-1);
    for (int n = 0; n < 6; n++) {
      assertThat((double) seen[n] / RESAMPLES).as("P(%d)", n).isCloseTo(probability, within(.005));
      probability /= n + 1;
    }
  }

  @Test
  void weightsAreAFunctionOfSeedAndUser() {
    byte[] weights = new Resampling(50, 42).weights("a");
    assertThat(new Resampling(50, 42).weights("a")).isEqualTo(weights);
    assertThat(new Resampling(50, 43).weights("a")).isNotEqualTo(weights);
    assertThat(new Resampling(50, 42).weights("b")).isNotEqualTo(weights);
  }

  @Test
  void usersAreDrawnIndependently() {
    byte[] one = new Resampling(RESAMPLES, 42).weights("1");
    byte[] two = new Resampling(RESAMPLES, 42).weights("2");
    double covariance = 0;
    for (int i = 0; i < RESAMPLES; i++) {
      covariance += (one[i] - 1.0) * (two[i] - 1.0) / RESAMPLES;
    }
    assertThat(covariance).isCloseTo(0, within(.015));
  }

  @Test
  void refusesANegativeNumber() {
    assertThatThrownBy(() -> new Resampling(-1, 42)).hasMessageContaining("-1");
  }
}
