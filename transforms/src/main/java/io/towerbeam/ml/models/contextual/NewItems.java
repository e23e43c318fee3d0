package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.models.training.NamedArray;
import java.util.Arrays;
import java.util.List;

/**
 * What an item that was not in training is given by its content c, fitted on what the items in
 * training came to have. A function that is learnt along with them stays near zero: every item in
 * training has coordinates of its own, which explain it better.
 *
 * <pre>
 *   v(c)   = a + A c             ridge regression of the vectors v_j on the contents c_j
 *   p(c)   = p + P c             likewise of what items bring into a history
 *   b_k(c) = β_k + Σ_t w_t       over the terms t of c: its categories and pairs of them
 * </pre>
 *
 * The w are of a Poisson regression of how often items were taken ({@link PoissonRegression}), and
 * β_k is such that the exponentials of b_k, what items weigh in the softmax, have the same mean
 * over the items in training by their content as by their learnt biases. On the tuning split of
 * MovieLens-1M neither titles nor each context's own returns made these biases better, and pairs of
 * genres did.
 *
 * <p>Source: Gantner et al., "Learning Attribute-to-Feature Mappings for Cold-Start
 * Recommendations" (ICDM 2010).
 *
 * @param vectors to (N, D): v
 * @param historyVectors to (N, D): p
 * @param terms what decides on the biases
 * @param termWeights (T, 1): w
 * @param biases (1, K): β
 */
record NewItems(
    RidgeRegression vectors,
    RidgeRegression historyVectors,
    CategoryTerms terms,
    FloatMatrix termWeights,
    FloatMatrix biases) {
  private static final String VECTORS = "new_item_vectors";
  private static final String HISTORY_VECTORS = "new_item_history_vectors";
  private static final String TERMS = "new_item_terms";
  private static final String TERM_WEIGHTS = "new_item_term_weights";
  private static final String BIASES = "new_item_biases";

  /** λ of the vectors, in items: what fewer of a genre have in common is mostly chance. */
  private static final double RIDGE = 300;

  /** λ of the biases, in items of mean popularity. */
  private static final double TERM_RIDGE = 20;

  /**
   * The functions that fit items in training.
   *
   * @param content (I, F) float32, whose first {@code categories} columns are above 0 for an item's
   *     categories; without such columns all new items have the same biases
   * @param items (I, D + K) their vectors and biases
   * @param historyVectors (I, D)
   * @param counts (I) how often they were taken, not all of them 0
   */
  static NewItems fit(
      FloatMatrix content,
      int categories,
      FloatMatrix items,
      FloatMatrix historyVectors,
      long[] counts) {
    CategoryTerms terms = CategoryTerms.of(content, categories);
    List<int[]> ofItems = terms.termsOfAll(content);
    PoissonRegression popularity = PoissonRegression.fit(ofItems, terms.size(), counts, TERM_RIDGE);
    float[] weights = new float[terms.size()];
    for (int term = 0; term < weights.length; term++) {
      weights[term] = (float) popularity.weights()[term];
    }
    FloatMatrix termWeights = new FloatMatrix(weights.length, 1, weights);
    return new NewItems(
        RidgeRegression.fit(content, columns(items, 0, historyVectors.columns()), RIDGE),
        RidgeRegression.fit(content, historyVectors, RIDGE),
        terms,
        termWeights,
        levels(columns(items, historyVectors.columns(), items.columns()), ofItems, weights));
  }

  private static FloatMatrix columns(FloatMatrix matrix, int from, int to) {
    float[] values = new float[matrix.rows() * (to - from)];
    for (int row = 0; row < matrix.rows(); row++) {
      System.arraycopy(
          matrix.values(), row * matrix.columns() + from, values, row * (to - from), to - from);
    }
    return new FloatMatrix(matrix.rows(), to - from, values);
  }

  /** β, (1, K), from the learnt biases, (I, K). */
  private static FloatMatrix levels(FloatMatrix learnt, List<int[]> terms, float[] weights) {
    double byContent = 0;
    double[] byItem = new double[learnt.columns()];
    for (int item = 0; item < learnt.rows(); item++) {
      byContent += StrictMath.exp(sum(terms.get(item), weights));
      for (int k = 0; k < byItem.length; k++) {
        byItem[k] += StrictMath.exp(learnt.values()[item * byItem.length + k]);
      }
    }
    float[] levels = new float[byItem.length];
    for (int k = 0; k < levels.length; k++) {
      levels[k] = (float) (StrictMath.log(byItem[k]) - StrictMath.log(byContent));
    }
    return new FloatMatrix(1, levels.length, levels);
  }

  private static double sum(int[] terms, float[] weights) {
    return Arrays.stream(terms).mapToDouble(term -> weights[term]).sum();
  }

  /** The memory that fitting takes beside the items' own, for content of so many columns. */
  static long bytesNeeded(long items, long features, long embeddingDim) {
    long regressions = (items + features) * (features + embeddingDim) * Double.BYTES;
    return regressions + CategoryTerms.bytesNeeded(items);
  }

  /** The vectors and biases of items with this content, (N, F) to (N, D + K). */
  FloatMatrix items(FloatMatrix content) {
    int dim = vectors.weights().columns();
    int columns = dim + biases.columns();
    float[] items = new float[Math.multiplyExact(content.rows(), columns)];
    float[] ofContent = vectors.of(content).values();
    for (int item = 0; item < content.rows(); item++) {
      System.arraycopy(ofContent, item * dim, items, item * columns, dim);
      double popularity = sum(terms.termsOf(content, item), termWeights.values());
      for (int k = 0; k < biases.columns(); k++) {
        items[item * columns + dim + k] = (float) (biases.values()[k] + popularity);
      }
    }
    return new FloatMatrix(content.rows(), columns, items);
  }

  /** What items with this content bring into a history, (N, F) to (N, D). */
  FloatMatrix historyVectors(FloatMatrix content) {
    return historyVectors.of(content);
  }

  /** Everything, to be saved. */
  List<NamedArray> arrays() {
    return List.of(
        NamedArray.of(VECTORS, vectors.weights()),
        NamedArray.of(HISTORY_VECTORS, historyVectors.weights()),
        NamedArray.of(TERMS, terms.columns()),
        NamedArray.of(TERM_WEIGHTS, termWeights),
        NamedArray.of(BIASES, biases));
  }

  /** What {@link #arrays} gave, among others. */
  static NewItems of(List<NamedArray> arrays) {
    return new NewItems(
        new RidgeRegression(matrix(arrays, VECTORS)),
        new RidgeRegression(matrix(arrays, HISTORY_VECTORS)),
        new CategoryTerms(matrix(arrays, TERMS)),
        matrix(arrays, TERM_WEIGHTS),
        matrix(arrays, BIASES));
  }

  private static FloatMatrix matrix(List<NamedArray> arrays, String name) {
    return NamedArray.find(arrays, name).toMatrix();
  }
}
