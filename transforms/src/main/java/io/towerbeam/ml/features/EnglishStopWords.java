package io.towerbeam.ml.features;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The 318 English words that say nothing about an item's content, lower case: the list that
 * scikit-learn's {@code stop_words="english"} removes. Immutable.
 */
public final class EnglishStopWords {
  private static final String RESOURCE = "english_stop_words.txt";
  private static final Set<String> WORDS = read();

  private EnglishStopWords() {}

  /** Whether {@code word}, in lower case, is one of the list. */
  public static boolean contains(String word) {
    return WORDS.contains(word);
  }

  /** How many words there are. */
  static int size() {
    return WORDS.size();
  }

  private static Set<String> read() {
    try (InputStream in = EnglishStopWords.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
