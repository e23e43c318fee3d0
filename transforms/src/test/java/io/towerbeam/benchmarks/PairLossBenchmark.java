package io.towerbeam.benchmarks;

import io.towerbeam.ml.models.training.PairLoss;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The cross-entropy of a batch's scores, (2048, 5), and its slopes. */
@State(Scope.Thread)
public class PairLossBenchmark {
  private final float[] scores = Shapes.gaussians(Shapes.BATCH, 1 + Shapes.NEGATIVES).values();
  private final float[] slopes = new float[scores.length];

  @Benchmark
  public double crossEntropyAndItsSlopes() {
    return PairLoss.BCE.of(scores, 1 + Shapes.NEGATIVES, Shapes.BATCH, slopes);
  }
}
