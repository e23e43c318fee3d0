package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.algebra.SparseVector;
import io.towerbeam.ml.algebra.TruncatedSvd;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.RankingModelProvider.DatasetSize;
import io.towerbeam.ml.models.training.NamedArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Item vectors to start from, so that training begins with the items' likeness by the users they
 * share, which a few epochs could not find: a truncated SVD of the binary matrix X, whose entries
 * are divided by √(items of the user) · √(users of the item + 20).
 *
 * <p>With the singular values s, the right singular vectors v and λ = 20 · the mean square length
 * of the matrix's columns, coordinate d of item i's vector is v_di · √(f_d − f_{D+1}), where f_d =
 * s_d² / (s_d² + λ) is a ridge regression's filter; into a history it brings this divided by
 * √(users of i + 20). So the product of the two towers is what the regression expects a user with
 * this history to take, less what any direction that is left out could tell.
 *
 * @param historyVectors (I, D) float32, row-major, of root mean square length {@code factorLength}
 * @param itemVectors (I, D), as long
 */
record FactorStart(float[] historyVectors, float[] itemVectors) {
  /** Added to the users of an item, so that what few know does not stand out. */
  private static final double PRIOR_USERS = 20;

  private static final double RIDGE = 20;

  /** The vectors of the items of {@code interactions}. */
  static FactorStart of(InteractionMatrix interactions, ContextualParameters parameters) {
    InteractionMatrix matrix = interactions.distinct();
    int dim = parameters.embeddingDim();
    double[] scales = new double[matrix.itemCount()];
    long[] users = matrix.itemCounts();
    for (int item = 0; item < scales.length; item++) {
      scales[item] = 1 / Math.sqrt(users[item] + PRIOR_USERS);
    }
    List<SparseVector> rows = rows(matrix, scales);
    TruncatedSvd svd = TruncatedSvd.fit(rows, scales.length, dim + 1);
    double ridge = RIDGE * meanSquareLength(rows, scales.length);
    double[] vectors = vectors(svd.components(), svd.singularValues(), ridge);
    double[] ofHistories = new double[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      ofHistories[i] = vectors[i] * scales[i / dim];
    }
    double length = parameters.factorLength();
    return new FactorStart(ofLength(ofHistories, dim, length), ofLength(vectors, dim, length));
  }

  /** The memory that the SVD of so much takes at its peak. */
  static long bytesNeeded(DatasetSize size, int embeddingDim) {
    long rows = size.interactions() * 32 + 100 * (size.users() + size.items());
    return rows + (2 * size.users() + 7 * size.items()) * (embeddingDim + 17L) * Double.BYTES;
  }

  private static List<SparseVector> rows(InteractionMatrix matrix, double[] scales) {
    int[] offsets = matrix.offsets();
    List<SparseVector> rows = new ArrayList<>(matrix.userCount());
    for (int user = 0; user < matrix.userCount(); user++) {
      int[] items = Arrays.copyOfRange(matrix.items(), offsets[user], offsets[user + 1]);
      double scale = 1 / Math.sqrt(Math.max(1, items.length));
      rows.add(
          new SparseVector(
              items, Arrays.stream(items).mapToDouble(item -> scale * scales[item]).toArray()));
    }
    return rows;
  }

  private static double meanSquareLength(List<SparseVector> rows, int columns) {
    double squares = 0;
    for (SparseVector row : rows) {
      for (double value : row.values()) {
        squares += value * value;
      }
    }
    return Math.max(squares / columns, Double.MIN_NORMAL);
  }

  /** (I, D) from the (D + 1, I) components. */
  private static double[] vectors(double[] components, double[] singularValues, double ridge) {
    int dim = singularValues.length - 1;
    int items = components.length / singularValues.length;
    double least = filter(singularValues[dim], ridge);
    double[] vectors = new double[items * dim];
    for (int d = 0; d < dim; d++) {
      double weight = Math.sqrt(Math.max(0, filter(singularValues[d], ridge) - least));
      for (int item = 0; item < items; item++) {
        vectors[item * dim + d] = components[d * items + item] * weight;
      }
    }
    return vectors;
  }

  private static double filter(double singularValue, double ridge) {
    return singularValue * singularValue / (singularValue * singularValue + ridge);
  }

  private static float[] ofLength(double[] vectors, int dim, double length) {
    double squares = 0;
    for (double value : vectors) {
      squares += value * value;
    }
    double rms = Math.sqrt(squares / (vectors.length / dim));
    float[] scaled = new float[vectors.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (rms > 0 ? vectors[i] * length / rms : 0);
    }
    return scaled;
  }

  /** An array of the towers, with the vectors that are for it added to its rows. */
  NamedArray addedTo(NamedArray table) {
    float[] vectors =
        switch (table.name()) {
          case ContextualTowers.HISTORY_TABLE -> historyVectors;
          case ContextualTowers.ITEM_TABLE -> itemVectors;
          default -> new float[table.values().length];
        };
    float[] sums = table.values().clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += vectors[i];
    }
    return new NamedArray(table.name(), table.shape(), sums);
  }
}
