package io.towerbeam.ml.models.factors;

/**
 * Steps towards the solution of {@link NormalEquations} from where a vector stands; every step
 * lowers the row's squared error. Not thread-safe.
 *
 * <p>Source: Hestenes and Stiefel, "Methods of Conjugate Gradients for Solving Linear Systems"
 * (1952); for ALS: Takács, Pilászy and Tikk, "Applications of the Conjugate Gradient Method for
 * Implicit Feedback Collaborative Filtering" (RecSys 2011).
 */
final class ConjugateGradient {
  /** Squared length of what is left of the error at which a row counts as solved. */
  private static final double SOLVED = 1e-20;

  private final double[] x;
  private final double[] residual;
  private final double[] direction;
  private final double[] image;

  ConjugateGradient(int factors) {
    x = new double[factors];
    residual = new double[factors];
    direction = new double[factors];
    image = new double[factors];
  }

  /** Improves the vector at {@code vectors[at]} by at most {@code steps} steps. */
  void improve(NormalEquations equations, double[] vectors, int at, int steps) {
    System.arraycopy(vectors, at, x, 0, x.length);
    equations.rightSide(residual);
    equations.times(x, image);
    for (int f = 0; f < x.length; f++) {
      residual[f] -= image[f];
      direction[f] = residual[f];
    }
    double left = dot(residual, residual);
    for (int step = 0; step < steps && left >= SOLVED; step++) {
      left = step(equations, left);
    }
    System.arraycopy(x, 0, vectors, at, x.length);
  }

  /** One step; returns the squared length of the new residual. */
  private double step(NormalEquations equations, double left) {
    equations.times(direction, image);
    double curvature = dot(direction, image);
    if (curvature <= 0) {
      return 0; // flat within rounding: there is nothing to be gained along this direction
    }
    double length = left / curvature;
    for (int f = 0; f < x.length; f++) {
      x[f] += length * direction[f];
      residual[f] -= length * image[f];
    }
    double next = dot(residual, residual);
    for (int f = 0; f < x.length; f++) {
      direction[f] = residual[f] + next / left * direction[f];
    }
    return next;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int f = 0; f < a.length; f++) {
      sum += a[f] * b[f];
    }
    return sum;
  }
}
