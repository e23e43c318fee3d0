package io.towerbeam.ml.metrics;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums of the metrics over users, at several cutoffs: users are added one by one, totals of
 * disjoint sets of users are merged, and the means are the same to the last bit in whatever order
 * that was done.
 *
 * <p>To that end sums are whole numbers of 2^-36. A user's value is rounded to the nearest, so a
 * mean is off by at most 2^-37 &lt; 10^-11 (and the rounding of one float64 division). The sum of a
 * metric that does not exceed 1 has room for 2^27 − 1, about 134 million, users; beyond that adding
 * throws instead of wrapping.
 *
 * <p>Grows with the number of distinct recommended items, never with users: about 100 bytes an
 * item. Not thread-safe.
 */
public final class RankingTotals {
  private static final double UNITS_PER_ONE = 0x1p36;

  private final List<Integer> cutoffs;
  private final long[] sums;
  private final Map<String, Integer> bestRanks;
  private long users;

  private RankingTotals(
      List<Integer> cutoffs, long users, long[] sums, Map<String, Integer> bestRanks) {
    this.cutoffs = cutoffs;
    this.users = users;
    this.sums = sums;
    this.bestRanks = bestRanks;
  }

  /**
   * Totals of no users.
   *
   * @param cutoffs the values of k, each at least 1, none twice
   */
  public static RankingTotals empty(List<Integer> cutoffs) {
    requireCutoffs(cutoffs);
    long[] sums = new long[cutoffs.size() * RankingMetrics.PER_USER.size()];
    return new RankingTotals(List.copyOf(cutoffs), 0, sums, new HashMap<>());
  }

  /**
   * Totals that stood in {@link #users}, {@link #sums} and {@link #bestRanks} before.
   *
   * @throws IllegalArgumentException if there are not as many sums as cutoffs times metrics
   */
  public static RankingTotals restore(
      List<Integer> cutoffs, long users, long[] sums, Map<String, Integer> bestRanks) {
    RankingTotals totals = empty(cutoffs);
    if (sums.length != totals.sums.length) {
      throw new IllegalArgumentException(
          "%d sums; %d cutoffs have %d".formatted(sums.length, cutoffs.size(), totals.sums.length));
    }
    return new RankingTotals(totals.cutoffs, users, sums.clone(), new HashMap<>(bestRanks));
  }

  /**
   * Returns {@code cutoffs} if they can be evaluated at.
   *
   * @throws IllegalArgumentException if there is none, one is below 1 or stands twice
   */
  public static List<Integer> requireCutoffs(List<Integer> cutoffs) {
    boolean repeated = cutoffs.stream().collect(toUnmodifiableSet()).size() < cutoffs.size();
    if (cutoffs.isEmpty() || repeated || Collections.min(cutoffs) < 1) {
      throw new IllegalArgumentException(
          "cutoffs are %s; at least one is needed, each at least 1, none twice".formatted(cutoffs));
    }
    return cutoffs;
  }

  /**
   * Adds one user.
   *
   * @param items the user's list, best first
   * @param relevant the user's test items
   * @throws IllegalArgumentException if an item stands in the list twice or nothing is relevant
   * @throws ArithmeticException if a sum would overflow
   */
  public void add(List<String> items, Set<String> relevant) {
    RankedHits hits = RankedHits.of(items, relevant);
    int place = 0;
    for (int k : cutoffs) {
      for (RankingMetric metric : RankingMetrics.PER_USER) {
        long units = Math.round(metric.of(hits, k) * UNITS_PER_ONE);
        sums[place] = Math.addExact(sums[place], units);
        place++;
      }
    }
    for (int rank = 1; rank <= hits.depth(Collections.max(cutoffs)); rank++) {
      bestRanks.merge(items.get(rank - 1), rank, Math::min);
    }
    users++;
  }

  /**
   * Adds the users of {@code other}, which is not changed.
   *
   * @throws IllegalArgumentException if {@code other} has other cutoffs
   * @throws ArithmeticException if a sum would overflow
   */
  public void merge(RankingTotals other) {
    if (!cutoffs.equals(other.cutoffs)) {
      throw new IllegalArgumentException(
          "totals at %s and at %s cannot be merged".formatted(cutoffs, other.cutoffs));
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.addExact(sums[i], other.sums[i]);
    }
    other.bestRanks.forEach((item, rank) -> bestRanks.merge(item, rank, Math::min));
    users += other.users;
  }

  /**
   * The means over users and the coverage, by {@code name@k}.
   *
   * @param trainItems the number of items of the train side
   * @throws IllegalStateException if no user was added
   */
  public SortedMap<String, Double> metrics(long trainItems) {
    if (users == 0) {
      throw new IllegalStateException("there are no users to take means over");
    }
    SortedMap<String, Double> metrics = new TreeMap<>();
    int place = 0;
    for (int k : cutoffs) {
      for (RankingMetric metric : RankingMetrics.PER_USER) {
        double mean = sums[place++] / UNITS_PER_ONE / users;
        metrics.put(RankingMetrics.key(metric.name(), k), mean);
      }
      long recommended = bestRanks.values().stream().filter(rank -> rank <= k).count();
      metrics.put(RankingMetrics.key(Coverage.NAME, k), Coverage.of(recommended, trainItems));
    }
    return metrics;
  }

  /** The values of k, in the order given. */
  public List<Integer> cutoffs() {
    return cutoffs;
  }

  /** How many users were added. */
  public long users() {
    return users;
  }

  /** A copy of the sums in units of 2^-36: for each cutoff, each metric of the catalogue. */
  public long[] sums() {
    return Arrays.copyOf(sums, sums.length);
  }

  /** Every item that stood in a list, down to the largest cutoff, and its best rank there. */
  public SortedMap<String, Integer> bestRanks() {
    return new TreeMap<>(bestRanks);
  }
}
