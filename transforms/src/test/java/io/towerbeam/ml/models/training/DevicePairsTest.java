package io.towerbeam.ml.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.random.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the CPU, which takes the same calls. */
class DevicePairsTest {
  private static final int ITEMS = 5;

  /** Users 0, 2 and 3 have 2, 1 and 3 interactions, user 1 has none. */
  private static final InteractionMatrix DATA =
      new InteractionMatrix(4, ITEMS, new int[] {0, 2, 2, 3, 6}, new int[] {4, 0, 1, 2, 2, 3});

  private NDManager manager;
  private PairSource source;

  @BeforeEach
  void open() {
    manager = Torch.newManager(Device.cpu());
    source = new DevicePairs(manager, DATA, 3, .25);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private PairSource.Pairs draw(int[] rows, long step) {
    return source.draw(
        new TrainingBatch(manager.newSubManager(), rows, CounterRandom.of(42, step)));
  }

  @Test
  void theUserAndThePositiveAreThoseOfTheRow() {
    PairSource.Pairs pairs = draw(new int[] {5, 2, 0, 1, 5}, 0);
    assertThat(pairs.users().toLongArray()).containsExactly(3, 2, 0, 0, 3);
    assertThat(pairs.items().getShape()).isEqualTo(new Shape(5, 4));
    assertThat(pairs.items().get(":, 0").toLongArray()).containsExactly(3, 1, 4, 0, 3);
  }

  @Test
  void negativesAreDrawnUniformlyFromAllItems() {
    int draws = 20_000;
    long[] items = draw(IntStream.range(0, draws).map(i -> 2).toArray(), 1).items().toLongArray();
    long[] counts = new long[ITEMS];
    IntStream.range(0, items.length).filter(i -> i % 4 != 0).forEach(i -> counts[(int) items[i]]++);
    for (long count : counts) {
      assertThat(count / (3. * draws)).isCloseTo(1. / ITEMS, within(.01));
    }
  }

  @Test
  void aStepDrawsTheSameWhateverCameBefore() {
    int[] rows = {0, 1, 2, 3, 4, 5};
    PairSource.Pairs first = draw(rows, 7);
    long[] items = first.items().toLongArray();
    float[] dropped = dropped(first);
    assertThat(draw(rows, 8).items().toLongArray()).isNotEqualTo(items);
    PairSource.Pairs again = draw(rows, 7);
    assertThat(again.items().toLongArray()).isEqualTo(items);
    assertThat(dropped(again)).isEqualTo(dropped);
  }

  @Test
  void dropoutDropsItsShareAndKeepsTheMean() {
    float[] left = dropped(draw(new int[] {0}, 3));
    assertThat(left).containsOnly(0, 1 / .75f);
    assertThat(IntStream.range(0, left.length).filter(i -> left[i] == 0).count() / 20_000.)
        .isCloseTo(.25, within(.01));
  }

  @Test
  void interactionsOutliveTheSteps() {
    for (int step = 0; step < 3; step++) {
      try (NDManager ofStep = manager.newSubManager()) {
        NDArray users =
            source
                .draw(new TrainingBatch(ofStep, new int[] {2, 3}, CounterRandom.of(1, step)))
                .users();
        assertThat(Arrays.toString(users.toLongArray())).isEqualTo("[2, 3]");
      }
    }
  }

  private float[] dropped(PairSource.Pairs pairs) {
    return pairs.dropout().apply(manager.ones(new Shape(100, 200)), 0).toFloatArray();
  }
}
