package io.towerbeam.ml.models.factors;

import java.util.Arrays;

/**
 * {@link NormalEquations} for many factors: A·x goes through the positives and A is never made, so
 * that a product costs 2·F for each of them and not F²/2.
 */
final class DirectEquations implements NormalEquations {
  private final double[] fixed; // (N, F)
  private final int factors;
  private final double confidence;
  private final double[] shared; // (F, F)
  private int[] picks = {};
  private int from;
  private int to;

  DirectEquations(double[] fixed, AlsSettings settings) {
    this.fixed = fixed;
    factors = settings.factors();
    confidence = settings.confidence();
    shared = NormalEquations.shared(fixed, factors, settings.regularization()).data;
  }

  @Override
  public void take(int[] picks, int from, int to) {
    this.picks = picks;
    this.from = from;
    this.to = to;
  }

  @Override
  public void rightSide(double[] b) {
    Arrays.fill(b, 0);
    for (int i = from; i < to; i++) {
      addVector(confidence, picks[i], b);
    }
  }

  @Override
  public void times(double[] x, double[] product) {
    for (int f = 0; f < factors; f++) {
      double sum = 0;
      int row = f * factors;
      for (int g = 0; g < factors; g++) {
        sum += shared[row + g] * x[g];
      }
      product[f] = sum;
    }
    for (int i = from; i < to; i++) {
      addVector((confidence - 1) * dot(picks[i], x), picks[i], product);
    }
  }

  private double dot(int pick, double[] x) {
    double[] y = fixed;
    int at = pick * factors;
    double sum = 0;
    for (int f = 0; f < factors; f++) {
      sum += y[at + f] * x[f];
    }
    return sum;
  }

  private void addVector(double weight, int pick, double[] to) {
    double[] y = fixed;
    int at = pick * factors;
    for (int f = 0; f < factors; f++) {
      to[f] += weight * y[at + f];
    }
  }
}
