package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.data.FloatMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Categories and pairs of them as yes-or-no columns of items: adventure, war, and adventure of war,
 * which is taken more than the two let expect. Of the terms that items have, the commonest.
 *
 * @param columns (T, 2) the two columns of the content that must be above 0; the same one twice for
 *     a category alone
 */
record CategoryTerms(FloatMatrix columns) {
  /** Bounds the regressions on terms, which take T³ steps. */
  private static final int MOST = 512;

  /** The terms of items with this content, (I, F), whose first G columns are for categories. */
  static CategoryTerms of(FloatMatrix content, int categories) {
    Map<Long, Integer> items = new TreeMap<>();
    for (int item = 0; item < content.rows(); item++) {
      int[] own = categories(content, item, categories);
      for (int i = 0; i < own.length; i++) {
        for (int j = i; j < own.length; j++) {
          items.merge((long) own[i] * categories + own[j], 1, Integer::sum);
        }
      }
    }
    List<Long> commonest =
        items.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(MOST)
            .map(Map.Entry::getKey)
            .toList();
    float[] columns = new float[2 * commonest.size()];
    for (int term = 0; term < commonest.size(); term++) {
      columns[2 * term] = commonest.get(term) / categories;
      columns[2 * term + 1] = commonest.get(term) % categories;
    }
    return new CategoryTerms(new FloatMatrix(commonest.size(), 2, columns));
  }

  private static int[] categories(FloatMatrix content, int item, int categories) {
    int from = item * content.columns();
    return IntStream.range(0, categories)
        .filter(category -> content.values()[from + category] > 0)
        .toArray();
  }

  /** The memory that finding them and a regression on them take at most. */
  static long bytesNeeded(long items) {
    return 2L * MOST * MOST * Double.BYTES + items * 4L * 64;
  }

  /** T, how many there are. */
  int size() {
    return columns.rows();
  }

  /** The terms that an item has, ascending. */
  int[] termsOf(FloatMatrix content, int item) {
    int from = item * content.columns();
    float[] pairs = columns.values();
    return IntStream.range(0, size())
        .filter(
            term ->
                content.values()[from + (int) pairs[2 * term]] > 0
                    && content.values()[from + (int) pairs[2 * term + 1]] > 0)
        .toArray();
  }

  /** The terms of each item. */
  List<int[]> termsOfAll(FloatMatrix content) {
    return IntStream.range(0, content.rows()).mapToObj(item -> termsOf(content, item)).toList();
  }
}
