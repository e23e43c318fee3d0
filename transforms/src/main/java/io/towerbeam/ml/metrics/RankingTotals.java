package io.towerbeam.ml.metrics;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums of the metrics over users, at several cutoffs: users are added one by one, totals of
 * disjoint sets of users are merged, and the means are the same to the last bit in whatever order
 * that was done.
 *
 * <p>To that end sums are whole numbers of 2^-30. A user's value is rounded to the nearest, so a
 * mean is off by at most 2^-31 &lt; 5·10^-10 (and the rounding of one float64 division). A sum has
 * room for 2^33 divided by the metric's values: 268 million users of a novelty of 32 bits; beyond
 * that adding throws instead of wrapping.
 *
 * <p>Grows with the number of distinct recommended items, never with users: about 100 bytes an
 * item. Not thread-safe.
 */
public final class RankingTotals {
  /** A metric's value in sums is a whole number of this part of one. */
  public static final double UNITS_PER_ONE = 0x1p30;

  private final List<Integer> cutoffs;
  private final long[] sums;
  private final Map<String, long[]> exposures;
  private long users;
  private long relevant;

  private RankingTotals(
      List<Integer> cutoffs,
      long users,
      long relevant,
      long[] sums,
      Map<String, long[]> exposures) {
    this.cutoffs = cutoffs;
    this.users = users;
    this.relevant = relevant;
    this.sums = sums;
    this.exposures = exposures;
  }

  /**
   * Totals of no users.
   *
   * @param cutoffs the values of k, each at least 1, none twice
   */
  public static RankingTotals empty(List<Integer> cutoffs) {
    requireCutoffs(cutoffs);
    return new RankingTotals(
        List.copyOf(cutoffs), 0, 0, new long[places(cutoffs)], new HashMap<>());
  }

  /**
   * Totals that stood in {@link #users}, {@link #relevant}, {@link #sums} and {@link #exposures}
   * before.
   *
   * @throws IllegalArgumentException if there are not as many sums as cutoffs times metrics
   */
  public static RankingTotals restore(
      List<Integer> cutoffs,
      long users,
      long relevant,
      long[] sums,
      Map<String, long[]> exposures) {
    requireCutoffs(cutoffs);
    if (sums.length != places(cutoffs)) {
      throw new IllegalArgumentException(
          "%d sums; %d cutoffs have %d".formatted(sums.length, cutoffs.size(), places(cutoffs)));
    }
    return new RankingTotals(
        List.copyOf(cutoffs), users, relevant, sums.clone(), new HashMap<>(exposures));
  }

  private static int places(List<Integer> cutoffs) {
    return cutoffs.size() * RankingMetrics.PER_USER.size();
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
   * Adds one user's list.
   *
   * @return the user's metrics in units of 2^-30: for each cutoff, each metric of the catalogue
   * @throws ArithmeticException if a sum would overflow
   */
  public long[] add(JudgedList list) {
    long[] values = new long[sums.length];
    int place = 0;
    for (int k : cutoffs) {
      for (RankingMetric metric : RankingMetrics.PER_USER) {
        values[place] = Math.round(metric.of(list, k) * UNITS_PER_ONE);
        sums[place] = Math.addExact(sums[place], values[place]);
        place++;
      }
    }
    for (int rank = 1; rank <= list.depth(Collections.max(cutoffs)); rank++) {
      long[] shown = exposures.computeIfAbsent(list.item(rank), item -> new long[cutoffs.size()]);
      for (int cutoff = 0; cutoff < shown.length; cutoff++) {
        shown[cutoff] += rank <= cutoffs.get(cutoff) ? 1 : 0;
      }
    }
    users++;
    relevant += list.relevant();
    return values;
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
    addInto(sums, other.sums);
    other.exposures.forEach(
        (item, shown) ->
            addInto(exposures.computeIfAbsent(item, i -> new long[shown.length]), shown));
    users += other.users;
    relevant += other.relevant;
  }

  private static void addInto(long[] sums, long[] more) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.addExact(sums[i], more[i]);
    }
  }

  /**
   * The means over users by {@code name@k}.
   *
   * @throws IllegalStateException if no user was added
   */
  public SortedMap<String, Double> means() {
    if (users == 0) {
      throw new IllegalStateException("there are no users to take means over");
    }
    SortedMap<String, Double> means = new TreeMap<>();
    List<String> keys = RankingMetrics.keys(cutoffs);
    for (int place = 0; place < sums.length; place++) {
      means.put(keys.get(place), sums[place] / UNITS_PER_ONE / users);
    }
    return means;
  }

  /**
   * The means over users, and coverage and Gini over all of their lists, by {@code name@k}.
   *
   * @param trainItems the number of items of the train side
   * @throws IllegalStateException if no user was added
   */
  public SortedMap<String, Double> metrics(long trainItems) {
    SortedMap<String, Double> metrics = means();
    for (int cutoff = 0; cutoff < cutoffs.size(); cutoff++) {
      int column = cutoff;
      long[] shown =
          exposures.values().stream()
              .mapToLong(counts -> counts[column])
              .filter(count -> count > 0)
              .toArray();
      int k = cutoffs.get(cutoff);
      metrics.put(RankingMetrics.key(Coverage.NAME, k), Coverage.of(shown.length, trainItems));
      metrics.put(RankingMetrics.key(Gini.NAME, k), Gini.of(shown, trainItems));
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

  /** How many relevant items they have, each user's counted. */
  public long relevant() {
    return relevant;
  }

  /** A copy of the sums in units of 2^-30: for each cutoff, each metric of the catalogue. */
  public long[] sums() {
    return Arrays.copyOf(sums, sums.length);
  }

  /** Every item that stood in a list, and in how many lists down to each cutoff. */
  public SortedMap<String, long[]> exposures() {
    return new TreeMap<>(exposures);
  }
}
