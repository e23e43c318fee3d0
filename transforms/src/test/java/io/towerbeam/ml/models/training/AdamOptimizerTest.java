package io.towerbeam.ml.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdamOptimizerTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = Torch.newManager(Device.cpu());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void theFirstStepsAreThoseWorkedOutByHand() {
    NDArray weights = manager.create(new float[] {1, -2});
    AdamOptimizer optimizer = AdamOptimizer.fresh(manager, 2, WeightDecay.coupled(0));

    step(optimizer, weights, .1, .5f, -4);
    // m̂ = g and v̂ = g² after one step, so each weight moves by the rate against its sign.
    assertThat(weights.toFloatArray()).containsExactly(new float[] {.9f, -1.9f}, within(1e-6f));

    step(optimizer, weights, .1, 1, 0);
    // m = .9·.05 + .1·1, m̂ = .145/.19; v = .999·.00025 + .001, v̂ = .00124975/.001999
    double moved = .1 * (.145 / .19) / Math.sqrt(.00124975 / .001999);
    // m = .9·(−.4), v = .999·.016
    double coasted = .1 * (-.36 / .19) / Math.sqrt(.015984 / .001999);
    assertThat(weights.toFloatArray())
        .containsExactly(
            new float[] {(float) (.9 - moved), (float) (-1.9 - coasted)}, within(1e-6f));
  }

  @Test
  void epsilonIsAddedToTheCorrectedRoot() {
    NDArray weights = manager.create(new float[] {0});
    step(AdamOptimizer.fresh(manager, 1, WeightDecay.coupled(0)), weights, 1, 1e-8f);
    assertThat(weights.toFloatArray()).containsExactly(new float[] {-.5f}, within(1e-4f));
  }

  @Test
  void weightDecayIsPartOfTheGradient() {
    NDArray weights = manager.create(new float[] {2, -3});
    AdamOptimizer optimizer = AdamOptimizer.fresh(manager, 2, WeightDecay.coupled(.1));
    step(optimizer, weights, .01, 0, .3f);
    // gradients .2 and .3 − .3 = 0: the one moves by the rate, whatever its size
    assertThat(weights.toFloatArray()[0]).isCloseTo(1.99f, within(1e-6f));
    assertThat(optimizer.moments().get(0).values())
        .containsExactly(new float[] {.02f, 0}, within(1e-7f));
    assertThat(optimizer.moments().get(1).values())
        .containsExactly(new float[] {4e-5f, 0}, within(1e-9f));
  }

  @Test
  void decoupledDecayShrinksWeightsBesideTheGradient() {
    NDArray weights = manager.create(new float[] {2, -3});
    AdamOptimizer optimizer = AdamOptimizer.fresh(manager, 2, WeightDecay.decoupled(.5));
    step(optimizer, weights, .01, 0, .3f);
    // both times 1 − .01·.5; the second then moves by the rate against its gradient's sign
    assertThat(weights.toFloatArray())
        .containsExactly(new float[] {1.99f, -2.985f - .01f}, within(1e-6f));
    assertThat(optimizer.moments().get(0).values())
        .containsExactly(new float[] {0, .03f}, within(1e-7f));
  }

  @Test
  void noNumberShrinksOutOfTheNormalRange() {
    NDArray weights = manager.create(new float[] {.01f, -1e-30f});
    AdamOptimizer optimizer = AdamOptimizer.fresh(manager, 2, WeightDecay.coupled(1e-4));
    for (int step = 0; step < 1000; step++) {
      step(optimizer, weights, 1e-4, 0, 0);
    }
    List<NamedArray> moments = optimizer.moments();
    for (int i = 0; i < 2; i++) {
      assertThat(weights.toFloatArray()[i]).isZero();
      assertThat(moments.get(0).values()[i]).isZero();
      assertThat(moments.get(1).values()[i]).isGreaterThan(Float.MIN_NORMAL);
    }
  }

  @Test
  void aRestoredOptimizerGoesOnAsIfItHadNeverStopped() {
    NDArray undisturbed = manager.create(new float[] {1, 2});
    AdamOptimizer optimizer = AdamOptimizer.fresh(manager, 2, WeightDecay.coupled(.01));
    step(optimizer, undisturbed, .1, .3f, -.7f);
    step(optimizer, undisturbed, .1, .2f, .1f);

    NDArray resumed = undisturbed.duplicate();
    AdamOptimizer restored =
        AdamOptimizer.restored(manager, optimizer.moments(), WeightDecay.coupled(.01), 2);
    step(optimizer, undisturbed, .05, -.4f, .9f);
    step(restored, resumed, .05, -.4f, .9f);

    assertThat(resumed.toFloatArray()).containsExactly(undisturbed.toFloatArray());
  }

  @Test
  void parametersGiveTheirGradientsInTheOrderOfTheirValues() {
    ParameterSet parameters =
        new ParameterSet(
            manager,
            List.of(
                new NamedArray("w", new long[] {2, 1}, new float[] {1, 2}),
                new NamedArray("b", new long[] {1}, new float[] {3})));
    try (NDManager pass = manager.newSubManager()) {
      Parameters lent = parameters.lendTo(pass).requireGradients();
      try (GradientCollector collector = Torch.engine().newGradientCollector()) {
        collector.backward(lent.get("w").square().sum().add(lent.get("b").mul(5).sum()));
      }
      assertThat(lent.gradient().toFloatArray()).containsExactly(2, 4, 5);
      parameters.flat().addi(1);
      assertThat(lent.get("w").toFloatArray()).containsExactly(2, 3);
    }
    assertThat(parameters.toNamedArrays().get(1).values()).containsExactly(4);
  }

  private void step(AdamOptimizer optimizer, NDArray weights, double rate, float... gradient) {
    try (NDManager pass = manager.newSubManager()) {
      optimizer.step(TrainingThreads.ONE, pass, weights, pass.create(gradient), rate);
    }
  }
}
