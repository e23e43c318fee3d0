package io.towerbeam.ml.models.training;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Threads among which a training step is split, on the CPU: each takes a share of the rows, always
 * alike for the same numbers, and computes by libtorch with one thread. Where a step has many small
 * operations that is faster than each of them with many threads.
 *
 * <p>As long as they are in use, the thread that trains has to compute with one thread too: for
 * libtorch to go from one to more is to start threads anew, each time.
 *
 * @param count how many threads, at least 1
 */
public record TrainingThreads(int count) {
  /** One thread: nothing is split. */
  public static final TrainingThreads ONE = new TrainingThreads(1);

  /** Rows {@code from} to before {@code to}. */
  public record Rows(int from, int to) {
    /** How many rows. */
    public int count() {
      return to - from;
    }
  }

  /** Does the work of shares 0 to {@code count} − 1 at once, and waits for them. */
  public void forEach(IntConsumer work) {
    if (count == 1) {
      work.accept(0);
      return;
    }
    IntStream.range(0, count)
        .parallel()
        .forEach(
            share -> {
              Torch.useThreads(1);
              work.accept(share);
            });
  }

  /** Which of {@code rows} rows are in a share. */
  public Rows rows(int share, int rows) {
    return new Rows(bound(share, rows), bound(share + 1, rows));
  }

  /** The first row of each share but the first. */
  public long[] bounds(int rows) {
    return IntStream.range(1, count).mapToLong(share -> bound(share, rows)).toArray();
  }

  private int bound(int share, int rows) {
    return (int) ((long) rows * share / count);
  }
}
