package io.towerbeam.benchmarks;

import io.towerbeam.ml.models.training.DropoutMask;
import io.towerbeam.ml.models.training.HostBuffer;
import io.towerbeam.ml.random.CounterRandom;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The dropout masks of one training batch: (3392, 128), (3392, 64) and (3392, 32). */
@State(Scope.Thread)
public class DropoutMaskBenchmark {
  private static final int[] WIDTHS = {128, 64, 32};

  private final DropoutMask mask = new DropoutMask(.2);
  private final CounterRandom random = CounterRandom.of(7);
  private final HostBuffer buffer = new HostBuffer();

  @Benchmark
  public ByteBuffer fill() {
    ByteBuffer filled = null;
    for (int width : WIDTHS) {
      filled = buffer.clear((long) Shapes.BATCH_ITEMS * width * Float.BYTES);
      mask.fill(filled, random);
    }
    return filled;
  }
}
