package io.towerbeam.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The limit of what moves bytes: a copy of 64 MiB, read once and written once. */
@State(Scope.Thread)
public class MemoryCopyBenchmark {
  static final int BYTES = 64 << 20;

  private final byte[] from = new byte[BYTES];
  private final byte[] to = new byte[BYTES];

  @Benchmark
  public byte[] copy() {
    System.arraycopy(from, 0, to, 0, BYTES);
    return to;
  }
}
