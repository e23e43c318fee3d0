package io.towerbeam.ml.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * When a challenger may take a champion's place: with the given confidence it is not worse by more
 * than the margin, its lists are not of much fewer items, and no metric of it is NaN. A test of
 * non-inferiority on paired bootstrap resamples of the same users: so a worse model passes seldom,
 * and an equal one the more surely the more users there are.
 *
 * <p>Source: G. Piaggio et al., "Reporting of noninferiority and equivalence randomized trials",
 * JAMA 308 (2012); the resamples are those of {@link Bootstrap}.
 *
 * @param metric what they are compared by, such as {@code ndcg@10}; more is better
 * @param margin how much worse the challenger may be, in parts of the champion's value, 0 to 1
 * @param confidence one-sided, above 0 and below 1
 * @param minCoverageRatio the least ratio of the challenger's coverage to the champion's, 0 or more
 */
public record PromotionRule(
    String metric, double margin, double confidence, double minCoverageRatio)
    implements Serializable {

  public PromotionRule {
    require("margin", margin, margin >= 0 && margin <= 1, "0 to 1");
    require("confidence", confidence, confidence > 0 && confidence < 1, "above 0 and below 1");
    require("minCoverageRatio", minCoverageRatio, minCoverageRatio >= 0, "at least 0");
  }

  private static void require(String name, double value, boolean holds, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s must be %s, not %s".formatted(name, range, value));
    }
  }

  /**
   * A model on the test users.
   *
   * @param metrics by {@code name@k}
   * @param resampled its mean of the rule's metric in each resample; may be empty
   */
  public record Contender(Map<String, Double> metrics, double[] resampled) {}

  /**
   * What comes of a comparison.
   *
   * @param reasons what speaks against the challenger, a line each
   * @param leastDifference the challenger's mean less the champion's is at least this, with the
   *     rule's confidence; empty if there was no champion or no resample
   * @param allowedLoss how much less it may be
   */
  public record Judgement(
      List<String> reasons, OptionalDouble leastDifference, double allowedLoss) {}

  /** The name of the coverage that goes with the metric: at the same k. */
  public String coverage() {
    return Coverage.NAME + metric.substring(metric.indexOf('@'));
  }

  /** A challenger without a champion to beat. */
  public Judgement judge(Contender challenger) {
    return new Judgement(notFinite(challenger), OptionalDouble.empty(), 0);
  }

  /** A challenger and the champion on the same users and resamples. */
  public Judgement judge(Contender challenger, Contender champion) {
    List<String> reasons = new ArrayList<>(notFinite(challenger));
    double allowedLoss = margin * Math.abs(champion.metrics().get(metric));
    OptionalDouble least = OptionalDouble.empty();
    if (champion.resampled().length == 0) {
      reasons.add("there are too few test users for a confidence");
    } else {
      double bound =
          Bootstrap.leastDifference(challenger.resampled(), champion.resampled(), confidence);
      least = OptionalDouble.of(bound);
      if (!(bound >= -allowedLoss)) {
        reasons.add(worse(challenger, champion, bound, allowedLoss));
      }
    }
    double covered = challenger.metrics().get(coverage());
    double wanted = minCoverageRatio * champion.metrics().get(coverage());
    if (!(covered >= wanted)) {
      reasons.add(
          text(
              "its %s is %.4f, the champion's %.4f: below %s of it",
              coverage(), covered, champion.metrics().get(coverage()), minCoverageRatio));
    }
    return new Judgement(List.copyOf(reasons), least, allowedLoss);
  }

  private String worse(Contender challenger, Contender champion, double bound, double allowedLoss) {
    return text(
        "its %s is %.4f, the champion's %.4f: at a confidence of %s it may be worse by %.4f, more"
            + " than the %.4f that are allowed",
        metric,
        challenger.metrics().get(metric),
        champion.metrics().get(metric),
        confidence,
        -bound,
        allowedLoss);
  }

  private static List<String> notFinite(Contender challenger) {
    return new TreeMap<>(challenger.metrics())
        .entrySet().stream()
            .filter(value -> !Double.isFinite(value.getValue()))
            .map(value -> "its %s is %s".formatted(value.getKey(), value.getValue()))
            .toList();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
