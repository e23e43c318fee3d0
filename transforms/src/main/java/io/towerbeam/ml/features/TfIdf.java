package io.towerbeam.ml.features;

import io.towerbeam.ml.algebra.SparseVector;
import io.towerbeam.ml.data.IdIndex;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Documents as weighted terms: the count of a term in the document times its smooth inverse
 * document frequency {@code ln((1 + n) / (1 + df)) + 1}, rows scaled to length 1.
 *
 * <p>The weights of scikit-learn's {@code TfidfVectorizer}. Immutable; safe for use by many
 * threads.
 */
public final class TfIdf {
  private final IdIndex terms;
  private final double[] idf;

  private TfIdf(IdIndex terms, double[] idf) {
    this.terms = terms;
    this.idf = idf;
  }

  /**
   * The weights of the terms in {@code documents}, all of which are counted in memory. No documents
   * make an empty vocabulary.
   *
   * @param documents n lists of tokens, repeats included
   * @param maxTerms how many terms are kept: those with most occurrences, of equally frequent ones
   *     the alphabetically first
   */
  public static TfIdf fit(List<List<String>> documents, int maxTerms) {
    Map<String, Integer> occurrences = new HashMap<>();
    Map<String, Integer> documentFrequencies = new HashMap<>();
    for (List<String> document : documents) {
      document.forEach(term -> occurrences.merge(term, 1, Integer::sum));
      new HashSet<>(document).forEach(term -> documentFrequencies.merge(term, 1, Integer::sum));
    }
    List<String> terms = mostFrequent(occurrences, maxTerms);
    double[] idf = new double[terms.size()];
    for (int t = 0; t < idf.length; t++) {
      // StrictMath gives the same bits on every machine.
      idf[t] =
          StrictMath.log((1.0 + documents.size()) / (1.0 + documentFrequencies.get(terms.get(t))))
              + 1;
    }
    return new TfIdf(IdIndex.of(terms), idf);
  }

  /**
   * Weights that were fitted before.
   *
   * @param terms T distinct terms
   * @param idf (T) inverse document frequencies
   * @throws IllegalArgumentException if a term is there twice or the lengths differ
   */
  public static TfIdf of(List<String> terms, double[] idf) {
    if (terms.size() != idf.length) {
      throw new IllegalArgumentException(
          "%d terms do not fit %d idf values".formatted(terms.size(), idf.length));
    }
    return new TfIdf(IdIndex.of(terms), idf.clone());
  }

  /** The vocabulary, T terms in the order of the columns: by UTF-16 code unit if fitted here. */
  public List<String> terms() {
    return terms.ids();
  }

  /** The (T) float64 inverse document frequencies. */
  public double[] idf() {
    return idf.clone();
  }

  /**
   * The weights of one document, (T) float64 of length 1. Terms outside the vocabulary do not
   * count; a document without any other gives the zero vector.
   */
  public SparseVector weigh(List<String> tokens) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (String token : tokens) {
      int term = terms.indexOf(token);
      if (term >= 0) {
        counts.merge(term, 1, Integer::sum);
      }
    }
    int[] indexes = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
    double[] weights = new double[indexes.length];
    double squares = 0;
    for (int i = 0; i < indexes.length; i++) {
      weights[i] = counts.get(indexes[i]) * idf[indexes[i]];
      squares += weights[i] * weights[i];
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= length;
    }
    return new SparseVector(indexes, weights);
  }

  private static List<String> mostFrequent(Map<String, Integer> occurrences, int maxTerms) {
    Comparator<Map.Entry<String, Integer>> byOccurrences =
        Map.Entry.comparingByValue(Collections.reverseOrder());
    return occurrences.entrySet().stream()
        .sorted(byOccurrences.thenComparing(Map.Entry.comparingByKey()))
        .limit(maxTerms)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
