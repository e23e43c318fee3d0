package io.towerbeam.ml.models.neighbours;

import io.towerbeam.ml.data.InteractionMatrix;

/**
 * BM25 weights of a binary matrix, which are a product of one number of the user and one of the
 * item: w_ui = lengthWeight(len_u)·idf_i. Immutable.
 *
 * <p>Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
 * (2009), with idf_i = ln U − ln(1 + the number of i's users).
 */
final class Bm25 {
  private final double k1;
  private final double b;
  private final double meanLength;
  private final double[] idf;

  /**
   * @param binary users by items, each pair once, not empty
   */
  Bm25(InteractionMatrix binary, double k1, double b) {
    this.k1 = k1;
    this.b = b;
    meanLength = (double) binary.size() / binary.userCount();
    idf = new double[binary.itemCount()];
    long[] users = binary.itemCounts();
    for (int item = 0; item < idf.length; item++) {
      idf[item] = StrictMath.log(binary.userCount()) - StrictMath.log(1.0 + users[item]);
    }
  }

  /** The user's part of the weight, for a history of {@code length} different items. */
  double lengthWeight(int length) {
    return (k1 + 1) / (k1 * (1 - b + b * length / meanLength) + 1);
  }

  /** The item's part of the weight. Slightly below zero for an item that all users have. */
  double idf(int item) {
    return idf[item];
  }
}
