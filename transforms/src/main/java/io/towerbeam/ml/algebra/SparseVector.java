package io.towerbeam.ml.algebra;

/**
 * A vector that is zero almost everywhere.
 *
 * @param indexes (N) places of the entries that are not zero, each once, in any order
 * @param values (N) float64 entries at these places; not copied, so do not write to them
 */
public record SparseVector(int[] indexes, double[] values) {
  public SparseVector {
    if (indexes.length != values.length) {
      throw new IllegalArgumentException(
          "%d places do not fit %d values".formatted(indexes.length, values.length));
    }
  }

  /** How many entries are not zero. */
  public int size() {
    return indexes.length;
  }
}
