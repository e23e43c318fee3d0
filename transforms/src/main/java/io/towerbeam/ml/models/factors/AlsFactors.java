package io.towerbeam.ml.models.factors;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.random.CounterRandom;
import java.util.Arrays;

/**
 * The user and item vectors of {@link Als} while they are fitted. Not thread-safe.
 *
 * @param settings how they are fitted
 * @param users (U, F) float64, row-major
 * @param items (I, F) float64, row-major
 */
record AlsFactors(AlsSettings settings, double[] users, double[] items) {
  private static final double START = .01;
  private static final double TO_UNIT = 0x1.0p-53;

  /** Vectors drawn evenly from 0 to .01. */
  static AlsFactors start(int userCount, int itemCount, AlsSettings settings, long seed) {
    return new AlsFactors(
        settings,
        uniform(CounterRandom.of(seed, 0), Math.multiplyExact(userCount, settings.factors())),
        uniform(CounterRandom.of(seed, 1), Math.multiplyExact(itemCount, settings.factors())));
  }

  private static double[] uniform(CounterRandom random, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = START * ((random.nextLong() >>> 11) * TO_UNIT);
    }
    return values;
  }

  /** Improves the users with the items fixed. */
  void solveUsers(InteractionMatrix positives) {
    solve(positives, items, users);
  }

  /** Improves the items with the users fixed; {@code byItem} has items for rows. */
  void solveItems(InteractionMatrix byItem) {
    solve(byItem, users, items);
  }

  /** Improves {@code solved}, a vector for each row of {@code rows}, with {@code fixed} fixed. */
  private void solve(InteractionMatrix rows, double[] fixed, double[] solved) {
    int factors = settings.factors();
    NormalEquations equations = NormalEquations.of(fixed, settings);
    ConjugateGradient gradient = new ConjugateGradient(factors);
    for (int row = 0; row < rows.userCount(); row++) {
      int from = rows.offsets()[row];
      int to = rows.offsets()[row + 1];
      int at = row * factors;
      if (from == to) {
        Arrays.fill(solved, at, at + factors, 0); // the solution, as b is 0
      } else {
        equations.take(rows.items(), from, to);
        gradient.improve(equations, solved, at, settings.cgSteps());
      }
    }
  }
}
