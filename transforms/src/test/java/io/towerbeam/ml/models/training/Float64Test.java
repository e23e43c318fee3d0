package io.towerbeam.ml.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.random.CounterRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class Float64Test {
  @Test
  void everyBitComesBack() throws Exception {
    CounterRandom random = CounterRandom.of(5);
    long[] bits =
        LongStream.concat(
                LongStream.of(0, 1, -1, 1L << 63, 0x7ff0000000000000L, 0x7ff0000000000001L),
                LongStream.range(0, 1000).map(i -> random.nextLong()))
            .toArray();
    double[] values = LongStream.of(bits).mapToDouble(Double::longBitsToDouble).toArray();

    double[] back = Float64.ofArray(Float64.toArray("x", values), values.length);

    assertThat(LongStream.range(0, back.length).map(i -> Double.doubleToRawLongBits(back[(int) i])))
        .containsExactly(LongStream.of(bits).boxed().toArray(Long[]::new));
  }

  @Test
  void anotherNumberOfValuesIsDamage() {
    NamedArray two = Float64.toArray("x", new double[] {1, 2});
    assertThatThrownBy(() -> Float64.ofArray(two, 3))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("x has 6 parts, not 3 of 3 values");
  }
}
