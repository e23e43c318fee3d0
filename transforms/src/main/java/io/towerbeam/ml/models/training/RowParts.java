package io.towerbeam.ml.models.training;

import java.util.stream.IntStream;

/**
 * Splits the rows of a loop on the host evenly among threads, always alike for the same numbers.
 *
 * @param count how many threads, at least 1
 */
public record RowParts(int count) {
  /** What is done for some of the rows. */
  @FunctionalInterface
  public interface Work {
    /** For the rows {@code from} to before {@code to}, which are those of that part. */
    void run(int part, int from, int to);
  }

  /** Does the work for all parts of {@code rows} rows, at once, and waits for them. */
  public void forEach(int rows, Work work) {
    if (count == 1) {
      work.run(0, 0, rows);
      return;
    }
    IntStream.range(0, count)
        .parallel()
        .forEach(part -> work.run(part, bound(part, rows), bound(part + 1, rows)));
  }

  private int bound(int part, int rows) {
    return (int) ((long) rows * part / count);
  }
}
