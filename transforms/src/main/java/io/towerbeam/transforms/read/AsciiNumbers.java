package io.towerbeam.transforms.read;

import java.nio.charset.StandardCharsets;

/** Numbers straight from ASCII digits, without a string in between where that is exact. */
final class AsciiNumbers {
  /** Below 10^7 every whole number is a float, and so is every power of ten up to 10^7. */
  private static final int MAX_EXACT_DIGITS = 7;

  private static final float[] POWERS_OF_TEN = {1f, 10f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f};

  private AsciiNumbers() {}

  /**
   * {@code bytes[from, to)} as decimal digits with an optional sign; a number too large or too
   * small for a long is the largest or the smallest long.
   *
   * @throws NumberFormatException if it is anything else
   */
  static long whole(byte[] bytes, int from, int to) {
    int at = afterSign(bytes, from, to);
    if (at == to) {
      throw new NumberFormatException();
    }
    long value = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw new NumberFormatException();
      }
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
    }
    return bytes[from] == '-' ? -value : value;
  }

  /**
   * {@code bytes[from, to)} as the nearest float: digits with an optional sign, point and exponent.
   * Java's other spellings ({@code NaN}, {@code 1f}, {@code 0x1p3}) and spaces are no numbers here.
   *
   * @throws NumberFormatException if it is no number
   */
  static float real(byte[] bytes, int from, int to) {
    int digits = 0;
    int decimals = 0;
    int significand = 0;
    boolean point = false;
    for (int at = afterSign(bytes, from, to); at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9 && digits < MAX_EXACT_DIGITS) {
        significand = significand * 10 + digit;
        digits++;
        decimals += point ? 1 : 0;
      } else if (bytes[at] == '.' && !point) {
        point = true;
      } else {
        return general(bytes, from, to);
      }
    }
    if (digits == 0) {
      throw new NumberFormatException();
    }
    // Both are exact, so this is the one rounding that there is.
    float magnitude = significand / POWERS_OF_TEN[decimals];
    return bytes[from] == '-' ? -magnitude : magnitude;
  }

  private static float general(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if ("0123456789+-.eE".indexOf(bytes[at]) < 0) {
        throw new NumberFormatException();
      }
    }
    return Float.parseFloat(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
  }

  private static int afterSign(byte[] bytes, int from, int to) {
    return from < to && (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
  }
}
