package io.towerbeam.ml.features;

/**
 * How item features are fitted.
 *
 * @param titleComponents C, the number of title columns, from 1 to 1024
 * @param maxTerms the most terms in the title vocabulary, from 1 to 100,000
 */
public record FeatureSettings(int titleComponents, int maxTerms) {
  /** 16 title columns from at most 5000 terms. */
  public static final FeatureSettings DEFAULT = new FeatureSettings(16, 5000);

  public FeatureSettings {
    check("titleComponents", titleComponents, 1024);
    check("maxTerms", maxTerms, 100_000);
  }

  private static void check(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s must be from 1 to %d, not %d".formatted(name, most, value));
    }
  }
}
