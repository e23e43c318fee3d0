package io.towerbeam.ml.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.random.CounterRandom;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DropoutMaskTest {
  private static final int DRAWS = 200_000;

  @Test
  void dropoutDropsItsShareAndKeepsTheMean() {
    float[] mask = mask(.2, CounterRandom.of(4));
    assertThat(mask).containsOnly(0f, 1.25f);
    long dropped = IntStream.range(0, mask.length).filter(i -> mask[i] == 0).count();
    assertThat(dropped / (double) mask.length).isCloseTo(.2, within(.004));
  }

  @Test
  void masksOfTwoStepsDropIndependently() {
    float[] one = mask(.5, CounterRandom.of(5, 1));
    float[] other = mask(.5, CounterRandom.of(5, 2));
    for (int shift : new int[] {0, 1, 32, 4096}) {
      long both =
          IntStream.range(shift, one.length)
              .filter(i -> one[i] == 0 && other[i - shift] == 0)
              .count();
      assertThat(both / (double) one.length).as("shift %d", shift).isCloseTo(.25, within(.01));
    }
  }

  @Test
  void aRateOutsideItsRangeIsRefused() {
    assertThatThrownBy(() -> new DropoutMask(1)).hasMessageContaining("dropout");
  }

  private static float[] mask(double rate, CounterRandom random) {
    ByteBuffer memory =
        ByteBuffer.allocateDirect(DRAWS * Float.BYTES).order(ByteOrder.nativeOrder());
    new DropoutMask(rate).fill(memory, random);
    FloatBuffer values = memory.asFloatBuffer();
    float[] mask = new float[DRAWS];
    values.get(mask);
    return mask;
  }
}
