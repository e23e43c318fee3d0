package io.towerbeam.ml.models.ncf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.PairLoss;
import io.towerbeam.ml.models.training.PairSampler;
import io.towerbeam.ml.models.training.ParameterSet;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.models.training.TrainingBatch;
import io.towerbeam.ml.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NcfNetworkTest {
  private static final MemoryData DATA = MemoryData.twoTastes(6, 10, 5);

  /** Two rows, so two pairs of an interaction and a drawn item. */
  private static final int[] ROWS = {17, 3};

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
  void theNetworkHasThePublishedShapesAndStart() {
    List<NamedArray> start = network(PairLoss.BCE, ".4").initialParameters(42);
    assertThat(start.stream().map(array -> array.name() + Arrays.toString(array.shape())))
        .containsExactly(
            "user_embedding[6, 16]",
            "item_embedding[10, 16]",
            "mlp.0.weight[16, 16]",
            "mlp.0.bias[16]",
            "mlp.1.weight[8, 16]",
            "mlp.1.bias[8]",
            "output.weight[1, 16]",
            "output.bias[1]");
    assertThat(deviation(start.get(1).values())).isCloseTo(.01, within(.002));
    assertThat(deviation(start.get(2).values())).isCloseTo(.25, within(.03));
    assertThat(start.get(3).values()).containsOnly(0);
  }

  @Test
  void crossEntropyIsThatOfTheFormulaOnTwoPairs() {
    double[] s = sampledScores();
    double expected = (softPlus(-s[0]) + softPlus(s[1]) + softPlus(-s[2]) + softPlus(s[3])) / 4;
    assertThat(loss(PairLoss.BCE, "0")).isCloseTo(expected, within(1e-6));
  }

  @Test
  void rankingIsThatOfTheFormulaOnTwoPairs() {
    double[] s = sampledScores();
    double expected = (softPlus(s[1] - s[0]) + softPlus(s[3] - s[2])) / 2;
    assertThat(loss(PairLoss.BPR, "0")).isCloseTo(expected, within(1e-6));
  }

  @Test
  void publishedRankingIsThatOfTheProbabilitiesOfTwoPairs() {
    double[] s = sampledScores();
    double expected =
        (softPlus(sigmoid(s[1]) - sigmoid(s[0])) + softPlus(sigmoid(s[3]) - sigmoid(s[2]))) / 2;
    assertThat(loss(PairLoss.BPR_OF_SIGMOID, "0")).isCloseTo(expected, within(1e-6));
  }

  @Test
  void dropoutIsAFunctionOfTheBatchsRandomNumbers() {
    assertThat(loss(PairLoss.BCE, ".4"))
        .isEqualTo(loss(PairLoss.BCE, ".4"))
        .isNotEqualTo(loss(PairLoss.BCE, "0"));
  }

  /** (2, 2) scores of the batch's pairs, the positive's first. */
  private double[] sampledScores() {
    PairSampler.Pairs pairs =
        new PairSampler(DATA.interactions(), 1).sample(ROWS, CounterRandom.of(9));
    PlainScore plain = new PlainScore(coarse());
    double[] scores = new double[4];
    for (int pair = 0; pair < 4; pair++) {
      scores[pair] = plain.of(pairs.users()[pair / 2], pairs.items()[pair]);
    }
    assertThat(scores).doesNotHaveDuplicates();
    return scores;
  }

  /** Start values a hundred times as large in the embeddings, so that scores differ. */
  private List<NamedArray> coarse() {
    return network(PairLoss.BCE, "0").initialParameters(1).stream()
        .map(array -> array.name().contains("embedding") ? larger(array) : array)
        .toList();
  }

  private static NamedArray larger(NamedArray array) {
    float[] values = array.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 100;
    }
    return new NamedArray(array.name(), array.shape(), values);
  }

  private double loss(PairLoss loss, String dropout) {
    NDArray value =
        network(loss, dropout)
            .loss(
                new ParameterSet(manager, coarse()).lendTo(manager.newSubManager()),
                new TrainingBatch(manager, ROWS, CounterRandom.of(9)));
    assertThat(value.getShape().dimension()).isZero();
    return value.getFloat();
  }

  private NcfNetwork network(PairLoss loss, String dropout) {
    ParameterValues values =
        ParameterValues.of(NcfParameters.declare(), Map.of("dropout", dropout));
    return new NcfNetwork(manager, DATA.interactions(), NcfParameters.of(values, loss));
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  private static double softPlus(double x) {
    return Math.log1p(Math.exp(x));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
