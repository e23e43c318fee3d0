package io.towerbeam.ml.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairLossTest {
  private static final float[][] SCORES = {{.5f, -.25f, 0}, {-1, 1, .75f}};

  @Test
  void crossEntropyIsTheMeanOverAllPairs() {
    double expected =
        (-log(sigmoid(.5))
                - log(1 - sigmoid(-.25))
                - log(1 - sigmoid(0))
                - log(sigmoid(-1))
                - log(1 - sigmoid(1))
                - log(1 - sigmoid(.75)))
            / 6;
    assertThat(loss(PairLoss.BCE)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void rankingSetsEveryNegativeAgainstItsOwnPositive() {
    double expected =
        (-log(sigmoid(.75)) - log(sigmoid(.5)) - log(sigmoid(-2)) - log(sigmoid(-1.75))) / 4;
    assertThat(loss(PairLoss.BPR)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void rankingOfProbabilitiesAppliesTheSigmoidTwice() {
    double expected =
        (-log(sigmoid(sigmoid(.5) - sigmoid(-.25)))
                - log(sigmoid(sigmoid(.5) - sigmoid(0)))
                - log(sigmoid(sigmoid(-1) - sigmoid(1)))
                - log(sigmoid(sigmoid(-1) - sigmoid(.75))))
            / 4;
    assertThat(loss(PairLoss.named("bpr-of-sigmoid"))).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource(PairLoss.class)
  void lossAndSlopesOnTheHostAreThoseThatLibtorchDerives(PairLoss loss) {
    try (NDManager manager = Torch.newManager(Device.cpu());
        GradientCollector collector = Torch.engine().newGradientCollector()) {
      NDArray scores = manager.create(SCORES);
      scores.setRequiresGradient(true);
      collector.backward(loss.of(scores));
      float[] slopes = new float[6];
      assertThat(loss.of(new float[] {.5f, -.25f, 0, -1, 1, .75f}, 3, 2, slopes))
          .isCloseTo(loss.of(scores).getFloat(), within(1e-6));
      assertThat(slopes)
          .usingComparatorWithPrecision(1e-7f)
          .containsExactly(scores.getGradient().toFloatArray());
    }
  }

  private static double loss(PairLoss loss) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      return loss.of(manager.create(SCORES)).getFloat();
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double log(double x) {
    return Math.log(x);
  }
}
