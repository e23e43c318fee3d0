package io.towerbeam.ml.models.testing;

import io.towerbeam.ml.metrics.Bootstrap;
import io.towerbeam.ml.metrics.BootstrapSums;
import io.towerbeam.ml.metrics.RankingTotals;
import io.towerbeam.ml.metrics.Resampling;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Paired bootstrap tests of one model against others on the same users, 10,000 resamples, corrected
 * by Holm's method for their number.
 *
 * <p>Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
 * Journal of Statistics 6 (1979).
 */
public final class PairedTests {
  private static final Resampling RESAMPLING = new Resampling(10_000, 42);

  private PairedTests() {}

  /**
   * The corrected p-value against each of the others.
   *
   * @param values (users) of the model
   * @param others (users) of each other model, by its name
   */
  public static Map<String, Double> pValues(double[] values, Map<String, double[]> others) {
    double[] means = means(values);
    Map<String, Double> uncorrected = new LinkedHashMap<>();
    others.forEach(
        (name, other) -> uncorrected.put(name, Bootstrap.difference(means, means(other)).pValue()));
    return holm(uncorrected);
  }

  private static double[] means(double[] values) {
    BootstrapSums sums = BootstrapSums.empty(RESAMPLING.resamples(), 1);
    for (int user = 0; user < values.length; user++) {
      sums.add(
          RESAMPLING.weights(String.valueOf(user)),
          new long[] {Math.round(values[user] * RankingTotals.UNITS_PER_ONE)});
    }
    return sums.means(0);
  }

  private static Map<String, Double> holm(Map<String, Double> uncorrected) {
    List<Map.Entry<String, Double>> ascending =
        uncorrected.entrySet().stream()
            .sorted(Comparator.comparingDouble(Map.Entry::getValue))
            .toList();
    Map<String, Double> corrected = new LinkedHashMap<>();
    double least = 0;
    for (int i = 0; i < ascending.size(); i++) {
      least = Math.max(least, Math.min(1, ascending.get(i).getValue() * (ascending.size() - i)));
      corrected.put(ascending.get(i).getKey(), least);
    }
    return corrected;
  }

  /** The mean over the users. */
  public static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** (users) the mean of each user's values. */
  public static double[] meanOf(List<double[]> runs) {
    double[] mean = new double[runs.get(0).length];
    for (double[] run : runs) {
      Arrays.setAll(mean, user -> mean[user] + run[user] / runs.size());
    }
    return mean;
  }
}
