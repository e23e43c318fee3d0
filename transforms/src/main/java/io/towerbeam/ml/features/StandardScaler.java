package io.towerbeam.ml.features;

import java.util.Arrays;
import java.util.List;

/**
 * Columns shifted and scaled to mean 0 and population standard deviation 1, C columns. Safe for use
 * by many threads.
 *
 * @param means (C) float64 means
 * @param scales (C) float64 population standard deviations; 1 where a column is constant
 */
public record StandardScaler(double[] means, double[] scales) {
  /** A spread below this part of the mean is rounding, not content. */
  private static final double RELATIVE_ROUNDING = 1e-12;

  public StandardScaler {
    if (means.length != scales.length) {
      throw new IllegalArgumentException(
          "%d means do not fit %d scales".formatted(means.length, scales.length));
    }
  }

  /**
   * The means and deviations of {@code rows}; means of 0 and scales of 1 if there are none.
   *
   * @param rows (N, C) float64
   * @param columns C
   */
  public static StandardScaler fit(List<double[]> rows, int columns) {
    double[] means = new double[columns];
    double[] scales = new double[columns];
    Arrays.fill(scales, 1);
    if (rows.isEmpty()) {
      return new StandardScaler(means, scales);
    }
    for (int c = 0; c < columns; c++) {
      int column = c;
      double mean = rows.stream().mapToDouble(row -> row[column]).sum() / rows.size();
      double squares =
          rows.stream().mapToDouble(row -> (row[column] - mean) * (row[column] - mean)).sum();
      double deviation = Math.sqrt(squares / rows.size());
      means[c] = mean;
      if (deviation > RELATIVE_ROUNDING * Math.abs(mean)) {
        scales[c] = deviation;
      }
    }
    return new StandardScaler(means, scales);
  }

  /** The standardised values of a row, (C) float64. */
  public double[] scale(double[] row) {
    double[] scaled = new double[row.length];
    for (int c = 0; c < row.length; c++) {
      scaled[c] = (row[c] - means[c]) / scales[c];
    }
    return scaled;
  }
}
