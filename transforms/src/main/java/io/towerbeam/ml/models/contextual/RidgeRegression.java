package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.data.FloatMatrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Vectors as a linear function of content: W, b of the least Σ ‖y_j − b − W c_j‖² + λ ‖W‖², in
 * closed form.
 *
 * @param weights (1 + F, D): b, and below it a row for each column of content
 */
record RidgeRegression(FloatMatrix weights) {
  /**
   * The regression of vectors on content.
   *
   * @param content (I, F) float32, at least one row
   * @param vectors (I, D) float32
   * @param ridge λ, above 0
   */
  static RidgeRegression fit(FloatMatrix content, FloatMatrix vectors, double ridge) {
    int features = content.columns();
    int dim = vectors.columns();
    double[] contentMean = means(content);
    double[] vectorMean = means(vectors);
    DMatrixRMaj c = centred(content, contentMean); // (I, F)
    DMatrixRMaj gram = new DMatrixRMaj(features, features);
    CommonOps_DDRM.multInner(c, gram);
    for (int f = 0; f < features; f++) {
      gram.add(f, f, ridge);
    }
    DMatrixRMaj products = new DMatrixRMaj(features, dim);
    CommonOps_DDRM.multTransA(c, centred(vectors, vectorMean), products);
    DMatrixRMaj w = new DMatrixRMaj(features, dim);
    if (!CommonOps_DDRM.solveSPD(gram, products, w)) {
      throw new IllegalStateException("no regression on content: it is not finite");
    }
    float[] weights = new float[(1 + features) * dim];
    for (int d = 0; d < dim; d++) {
      double intercept = vectorMean[d];
      for (int f = 0; f < features; f++) {
        weights[(1 + f) * dim + d] = (float) w.get(f, d);
        intercept -= contentMean[f] * w.get(f, d);
      }
      weights[d] = (float) intercept;
    }
    return new RidgeRegression(new FloatMatrix(1 + features, dim, weights));
  }

  private static double[] means(FloatMatrix matrix) {
    double[] means = new double[matrix.columns()];
    for (int i = 0; i < matrix.values().length; i++) {
      means[i % means.length] += matrix.values()[i] / (double) matrix.rows();
    }
    return means;
  }

  private static DMatrixRMaj centred(FloatMatrix matrix, double[] means) {
    DMatrixRMaj centred = new DMatrixRMaj(matrix.rows(), matrix.columns());
    for (int i = 0; i < matrix.values().length; i++) {
      centred.data[i] = matrix.values()[i] - means[i % means.length];
    }
    return centred;
  }

  /** The vectors of items with this content, (N, F) to (N, D). */
  FloatMatrix of(FloatMatrix content) {
    int dim = weights.columns();
    float[] vectors = new float[Math.multiplyExact(content.rows(), dim)];
    for (int item = 0; item < content.rows(); item++) {
      for (int d = 0; d < dim; d++) {
        double sum = weights.values()[d];
        for (int f = 0; f < content.columns(); f++) {
          sum +=
              (double) content.values()[item * content.columns() + f]
                  * weights.values()[(1 + f) * dim + d];
        }
        vectors[item * dim + d] = (float) sum;
      }
    }
    return new FloatMatrix(content.rows(), dim, vectors);
  }
}
