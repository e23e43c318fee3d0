package io.towerbeam.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CoverageTest {
  @Test
  void isOneIfEveryItemIsRecommended() {
    assertThat(Coverage.of(8, 8)).isEqualTo(1);
  }

  @Test
  void isZeroIfNothingIsRecommended() {
    assertThat(Coverage.of(0, 8)).isZero();
  }

  @Test
  void isTheShareOfTheTrainItems() {
    assertThat(Coverage.of(3, 8)).isEqualTo(0.375);
  }

  @Test
  void hasNoValueWithoutTrainItems() {
    assertThatThrownBy(() -> Coverage.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
