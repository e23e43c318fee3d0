package io.towerbeam.pipelines.options;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses what a mistyped word was meant to be. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known word that takes the fewest edits from {@code word}, case aside: at most two, or a
   * third of its length. Of equally near ones the first in alphabetical order. Empty if none is so
   * near.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    int most = Math.max(2, word.length() / 3);
    LevenshteinDistance distance = new LevenshteinDistance(most);
    String lowerCase = word.toLowerCase(Locale.ROOT);
    String nearest = null;
    int fewest = most + 1;
    for (String candidate : known.stream().sorted().toList()) {
      int edits = distance.apply(lowerCase, candidate.toLowerCase(Locale.ROOT));
      // -1 stands for more edits than we care about; a word of which no letter is left is no guess
      if (edits >= 0 && edits < fewest && edits < candidate.length()) {
        nearest = candidate;
        fewest = edits;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** {@code "; did you mean <prefix><nearest>?"}, or nothing if none is near. */
  public static String hint(String word, Collection<String> known, String prefix) {
    return to(word, known).map(nearest -> "; did you mean " + prefix + nearest + "?").orElse("");
  }
}
