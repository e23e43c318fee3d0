package io.towerbeam.ml.models;

import java.util.Arrays;
import java.util.BitSet;

/** The K best of many scores. */
public final class TopK {
  private TopK() {}

  /**
   * The positions of the {@code k} highest of {@code scores[from]} to {@code scores[from + length -
   * 1]}, best first, equal scores in order of position. Fewer if fewer are left once those in
   * {@code masked} and those that are NaN are taken out.
   *
   * @param masked positions, counted from {@code from}, that may not be chosen
   * @return positions counted from {@code from}
   */
  public static int[] select(float[] scores, int from, int length, int k, BitSet masked) {
    int[] best = new int[Math.min(k, length)];
    int size = 0;
    for (int position = 0; position < length; position++) {
      float score = scores[from + position];
      boolean isFull = size == best.length;
      if (isFull && (size == 0 || !(score > scores[from + best[size - 1]]))
          || masked.get(position)
          || Float.isNaN(score)) {
        continue;
      }
      int place = isFull ? size - 1 : size++;
      while (place > 0 && score > scores[from + best[place - 1]]) {
        best[place] = best[place - 1];
        place--;
      }
      best[place] = position;
    }
    return size == best.length ? best : Arrays.copyOf(best, size);
  }
}
