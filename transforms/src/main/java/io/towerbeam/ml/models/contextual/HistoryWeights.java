package io.towerbeam.ml.models.contextual;

/**
 * How much each row of a history weighs in the user's bag: exp(−age/τ), where the age is the time
 * to the history's last row; rows before the latest N weigh nothing.
 *
 * @param recencySeconds τ
 * @param limit N
 */
record HistoryWeights(double recencySeconds, int limit) {
  /** The first row that counts of a history of so many rows in the order of time. */
  int first(int rows) {
    return Math.max(0, rows - limit);
  }

  /** The weight of a row of that time, where the history's last row is of time {@code last}. */
  float of(long time, long last) {
    return (float) StrictMath.exp((time - last) / recencySeconds);
  }
}
