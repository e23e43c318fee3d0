package io.towerbeam.benchmarks;

import io.towerbeam.ml.models.TopK;
import java.util.BitSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The ten best of 3,662 scores for each of 256 users, in order, from scores that are there. */
@State(Scope.Thread)
public class TopKBenchmark {
  static final int LISTS = 256;

  private final float[] scores = Shapes.gaussians(LISTS, Shapes.ITEMS).values();
  private final BitSet masked = new BitSet();

  @Benchmark
  public void select(Blackhole taken) {
    for (int list = 0; list < LISTS; list++) {
      taken.consume(TopK.select(scores, list * Shapes.ITEMS, Shapes.ITEMS, Shapes.K, masked));
    }
  }
}
