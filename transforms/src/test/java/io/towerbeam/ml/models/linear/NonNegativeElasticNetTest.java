package io.towerbeam.ml.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NonNegativeElasticNetTest {
  private static final int COLUMNS = 7;

  @Test
  void oneOtherColumnHasAWeightInClosedForm() {
    double[][] gram = {{.5, .25}, {.25, .75}};
    NonNegativeElasticNet net = new NonNegativeElasticNet(gram, .05, .1, 100, 0);
    assertThat(net.fit(0)).containsExactly(0, (.25 - .05) / (.75 + .1));
    assertThat(net.fit(1)).containsExactly((.25 - .05) / (.5 + .1), 0);
  }

  @Test
  void aColumnNotAboveL1HasNoWeight() {
    double[][] gram = {{.5, .25}, {.25, .75}};
    assertThat(new NonNegativeElasticNet(gram, .25, 0, 100, 0).fit(0)).containsOnly(0);
  }

  @Test
  void theSweepsAreLimited() {
    double[][] gram = {{1, .6, .6}, {.6, 1, .9}, {.6, .9, 1}};
    double[] once = new NonNegativeElasticNet(gram, 0, 0, 1, 0).fit(0);
    double[] often = new NonNegativeElasticNet(gram, 0, 0, 1000, 0).fit(0);
    assertThat(once[1]).isCloseTo(.6, within(1e-12));
    assertThat(often[1]).isCloseTo(.6 / 1.9, within(1e-9));
    assertThat(often[2]).isCloseTo(.6 / 1.9, within(1e-9));
  }

  @Property
  void theConditionsOfTheMinimumHold(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 127) Integer> users,
      @ForAll @DoubleRange(max = .3) double l1,
      @ForAll @DoubleRange(min = .01, max = 1) double l2) {
    double[][] gram = gram(users);
    NonNegativeElasticNet net = new NonNegativeElasticNet(gram, l1, l2, 100_000, 0);
    for (int target = 0; target < COLUMNS; target++) {
      double[] weights = net.fit(target);
      assertThat(weights[target]).isZero();
      for (int column = 0; column < COLUMNS; column++) {
        if (column == target) {
          continue;
        }
        double slope = l1 + l2 * weights[column] - gram[target][column];
        for (int other = 0; other < COLUMNS; other++) {
          slope += gram[column][other] * weights[other];
        }
        assertThat(weights[column]).isNotNegative();
        assertThat(slope).isGreaterThan(-1e-9);
        assertThat(weights[column] * slope).isCloseTo(0, within(1e-9));
      }
    }
  }

  /** XᵀX / U of users whose items are the bits of a number. */
  private static double[][] gram(List<Integer> users) {
    double[][] gram = new double[COLUMNS][COLUMNS];
    for (int user : users) {
      for (int i = 0; i < COLUMNS; i++) {
        for (int j = 0; j < COLUMNS; j++) {
          gram[i][j] += (double) (user >> i & user >> j & 1) / users.size();
        }
      }
    }
    return gram;
  }
}
