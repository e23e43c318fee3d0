package io.towerbeam.ml.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StandardScalerTest {
  @Test
  void deviationIsThatOfThePopulation() {
    StandardScaler scaler =
        StandardScaler.fit(List.of(new double[] {1, -2}, new double[] {3, 4}), 2);
    assertThat(scaler.means()).containsExactly(2, 1);
    assertThat(scaler.scales()).containsExactly(1, 3);
    assertThat(scaler.scale(new double[] {5, 7})).containsExactly(3, 2);
  }

  @Test
  void aConstantColumnBecomesZeroAndIsNotBlownUp() {
    double third = 1.0 / 3;
    StandardScaler scaler =
        StandardScaler.fit(
            List.of(new double[] {third}, new double[] {Math.nextUp(third)}, new double[] {third}),
            1);
    assertThat(scaler.scales()).containsExactly(1);
    assertThat(scaler.scale(new double[] {third})).containsExactly(new double[] {0}, within(1e-12));
  }

  @Test
  void noRowsLeaveEverythingAsItIs() {
    StandardScaler scaler = StandardScaler.fit(List.of(), 2);
    assertThat(scaler.scale(new double[] {5, -7})).containsExactly(5, -7);
  }

  @Test
  void savedMeansMustFitTheScales() {
    assertThatThrownBy(() -> new StandardScaler(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 means do not fit 3 scales");
  }
}
