package io.towerbeam.ml.features;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Titles as words: what stands in brackets (a release year, a second title) is removed, the rest
 * lower-cased and cut into runs of two or more letters, digits and underscores; English stop words
 * are left out.
 *
 * <p>The same tokens as scikit-learn's {@code (?u)\b\w\w+\b} with {@code stop_words="english"}.
 */
public final class TitleTokenizer {
  private static final Pattern IN_BRACKETS = Pattern.compile("\\([^)]*\\)");

  // Spelled out: Java's own Unicode \w also takes combining marks, which Python's does not.
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}_]{2,}");

  private TitleTokenizer() {}

  /**
   * The tokens of {@code title} in their order, repeats included; empty for a title without any.
   */
  public static List<String> tokens(String title) {
    String unbracketed = IN_BRACKETS.matcher(title).replaceAll("").strip();
    return TOKEN
        .matcher(unbracketed.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .filter(token -> !EnglishStopWords.contains(token))
        .toList();
  }
}
