package io.towerbeam.benchmarks;

import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.IdOrder;
import io.towerbeam.ml.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** 60,000 ids: put in order, numbered, and 100,000 of them looked up. */
@State(Scope.Thread)
public class IdIndexBenchmark {
  private static final int IDS = 60_000;
  private static final int LOOKED_UP = 100_000;

  private final List<String> shuffled =
      Arrays.stream(CounterRandom.of(9).permutation(IDS)).mapToObj(String::valueOf).toList();
  private final List<String> asked =
      Arrays.stream(Shapes.below(IDS, LOOKED_UP, CounterRandom.of(10)))
          .mapToObj(id -> new String(String.valueOf(id).toCharArray()))
          .toList();
  private final IdIndex index =
      IdIndex.of(IntStream.range(0, IDS).mapToObj(String::valueOf).toList());

  @Benchmark
  public IdIndex orderAndNumber() {
    return IdIndex.of(shuffled.stream().sorted(IdOrder.INSTANCE).toList());
  }

  @Benchmark
  public long lookUp() {
    long sum = 0;
    for (String id : asked) {
      sum += index.indexOf(id);
    }
    return sum;
  }
}
