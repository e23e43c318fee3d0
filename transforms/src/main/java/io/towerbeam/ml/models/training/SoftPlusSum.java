package io.towerbeam.ml.models.training;

/**
 * A sum of softplus(x) = log(1 + eˣ) = max(x, 0) + log(1 + e<sup>−|x|</sup>), with one logarithm
 * for up to a thousand terms: that of the product of their second parts, each at most 2.
 */
final class SoftPlusSum {
  private double sum;
  private double product = 1;

  /** Adds a term, and gives its slope σ(x). */
  double add(double x) {
    double small = Math.exp(-Math.abs(x));
    sum += Math.max(x, 0);
    product *= 1 + small;
    return (x >= 0 ? 1 : small) / (1 + small);
  }

  double sum() {
    return sum + Math.log(product);
  }
}
