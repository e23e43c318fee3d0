package io.towerbeam.benchmarks;

import io.towerbeam.ml.models.training.PairSampler;
import io.towerbeam.ml.random.CounterRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The pairs of one training batch: 2,048 users and their items, and 8,192 items drawn. */
@State(Scope.Thread)
public class PairSamplerBenchmark {
  private final PairSampler sampler = new PairSampler(Shapes.interactions(), Shapes.NEGATIVES);
  private final CounterRandom random = CounterRandom.of(3);
  private final int[] rows = Shapes.below(Shapes.INTERACTIONS, Shapes.BATCH, CounterRandom.of(4));

  @Benchmark
  public PairSampler.Pairs sample() {
    return sampler.sample(rows, random);
  }
}
