package io.towerbeam.ml.data;

import java.util.Comparator;

/**
 * The one order of ids, by which items are indexed and ties are broken.
 *
 * <p>Ids of decimal digits come first and compare as numbers of any length ({@code 9 < 10}; of
 * equal numbers the one with fewer leading zeros is first); all others follow by UTF-16 code unit.
 */
public final class IdOrder implements Comparator<String> {
  public static final IdOrder INSTANCE = new IdOrder();

  private IdOrder() {}

  @Override
  public int compare(String a, String b) {
    boolean aIsNumber = isNumber(a);
    if (aIsNumber != isNumber(b)) {
      return aIsNumber ? -1 : 1;
    }
    if (!aIsNumber) {
      return a.compareTo(b);
    }
    int aStart = leadingZeros(a);
    int bStart = leadingZeros(b);
    int byLength = Integer.compare(a.length() - aStart, b.length() - bStart);
    if (byLength != 0) {
      return byLength;
    }
    for (int i = 0; i < a.length() - aStart; i++) {
      int byDigit = Character.compare(a.charAt(aStart + i), b.charAt(bStart + i));
      if (byDigit != 0) {
        return byDigit;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static boolean isNumber(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return !id.isEmpty();
  }

  private static int leadingZeros(String digits) {
    int zeros = 0;
    while (zeros < digits.length() && digits.charAt(zeros) == '0') {
      zeros++;
    }
    return zeros;
  }
}
