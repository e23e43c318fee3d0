package io.towerbeam.ml.models.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.testing.MemoryData;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

class AlsFactorsTest {
  private static final InteractionMatrix POSITIVES =
      MemoryData.twoTastes(15, 12, 4).interactions().distinct();
  private static final InteractionMatrix BY_ITEM = POSITIVES.transposed();

  @Property(tries = 60)
  void eachHalfStepLowersTheObjective(
      @ForAll @IntRange(min = 1, max = 12) int factors,
      @ForAll @IntRange(min = 1, max = 4) int cgSteps,
      @ForAll @DoubleRange(min = .1, max = 20) double confidence,
      @ForAll long seed) {
    AlsFactors fitted = start(new AlsSettings(factors, .1, 1, cgSteps, confidence), seed);
    double before = objective(fitted);
    for (int iteration = 0; iteration < 6; iteration++) {
      fitted.solveUsers(POSITIVES);
      double between = objective(fitted);
      fitted.solveItems(BY_ITEM);
      double after = objective(fitted);
      assertThat(between).isLessThanOrEqualTo(before + 1e-9);
      assertThat(after).isLessThanOrEqualTo(between + 1e-9);
      before = after;
    }
  }

  @Property(tries = 60)
  void withAStepForEachFactorAHalfStepIsTheClosedForm(
      @ForAll @IntRange(min = 1, max = 12) int factors,
      @ForAll @DoubleRange(min = .1, max = 20) double confidence,
      @ForAll long seed) {
    AlsSettings settings = new AlsSettings(factors, .1, 1, 3 * factors, confidence);
    AlsFactors fitted = start(settings, seed);
    fitted.solveUsers(POSITIVES);
    for (int user = 0; user < POSITIVES.userCount(); user++) {
      DMatrixRMaj exact = closedForm(settings, fitted.items(), user);
      for (int f = 0; f < factors; f++) {
        assertThat(fitted.users()[user * factors + f]).isCloseTo(exact.data[f], within(1e-7));
      }
    }
  }

  @Property(tries = 60)
  void bothFormsOfTheEquationsAreTheSame(
      @ForAll @IntRange(min = 1, max = 9) int factors, @ForAll long seed) {
    AlsSettings settings = new AlsSettings(factors, .1, 1, 3, .6);
    double[] fixed = start(settings, seed).items();
    NormalEquations summed = new SummedEquations(fixed, settings);
    NormalEquations direct = new DirectEquations(fixed, settings);
    int[] picks = {9, 0, 4, 11, 7};
    double[] x = new double[factors];
    for (int f = 0; f < factors; f++) {
      x[f] = f - 1.5;
    }
    double[] one = new double[factors];
    double[] other = new double[factors];
    summed.take(picks, 1, 4);
    direct.take(picks, 1, 4);
    summed.times(x, one);
    direct.times(x, other);
    assertThat(one).containsExactly(other, within(1e-12));
    summed.rightSide(one);
    direct.rightSide(other);
    assertThat(one).containsExactly(other, within(1e-12));
  }

  private static AlsFactors start(AlsSettings settings, long seed) {
    return AlsFactors.start(POSITIVES.userCount(), POSITIVES.itemCount(), settings, seed);
  }

  /** (YᵀCY + λI)⁻¹·YᵀC·p with the whole of C. */
  private static DMatrixRMaj closedForm(AlsSettings settings, double[] items, int user) {
    int factors = settings.factors();
    DMatrixRMaj a = CommonOps_DDRM.identity(factors);
    CommonOps_DDRM.scale(settings.regularization(), a);
    DMatrixRMaj b = new DMatrixRMaj(factors, 1);
    for (int item = 0; item < POSITIVES.itemCount(); item++) {
      boolean isPositive = isPositive(user, item);
      for (int f = 0; f < factors; f++) {
        double weighted = (isPositive ? settings.confidence() : 1) * items[item * factors + f];
        b.data[f] += isPositive ? weighted : 0;
        for (int g = 0; g < factors; g++) {
          a.add(f, g, weighted * items[item * factors + g]);
        }
      }
    }
    DMatrixRMaj x = new DMatrixRMaj(factors, 1);
    assertThat(CommonOps_DDRM.solve(a, b, x)).isTrue();
    return x;
  }

  private static double objective(AlsFactors fitted) {
    int factors = fitted.settings().factors();
    double sum = 0;
    for (int user = 0; user < POSITIVES.userCount(); user++) {
      for (int item = 0; item < POSITIVES.itemCount(); item++) {
        double error = isPositive(user, item) ? 1 : 0;
        for (int f = 0; f < factors; f++) {
          error -= fitted.users()[user * factors + f] * fitted.items()[item * factors + f];
        }
        sum += (isPositive(user, item) ? fitted.settings().confidence() : 1) * error * error;
      }
    }
    return sum
        + fitted.settings().regularization() * (squares(fitted.users()) + squares(fitted.items()));
  }

  private static double squares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  private static boolean isPositive(int user, int item) {
    for (int row = POSITIVES.offsets()[user]; row < POSITIVES.offsets()[user + 1]; row++) {
      if (POSITIVES.items()[row] == item) {
        return true;
      }
    }
    return false;
  }
}
