package io.towerbeam.ml.models.towers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.training.DenseLayer;
import io.towerbeam.ml.models.training.Dropout;
import io.towerbeam.ml.models.training.DropoutMask;
import io.towerbeam.ml.models.training.EmbeddingTable;
import io.towerbeam.ml.models.training.HostBuffer;
import io.towerbeam.ml.models.training.LossAndGradient;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.PairLoss;
import io.towerbeam.ml.models.training.PairSampler;
import io.towerbeam.ml.models.training.ParameterSet;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.models.training.TrainingBatch;
import io.towerbeam.ml.models.training.TrainingThreads;
import io.towerbeam.ml.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwoTowerNetworkTest {
  private static final MemoryData DATA = MemoryData.twoTastes(6, 10, 5);
  private static final int[] ROWS = {3, 0, 17, 29, 3};

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
  void theTowersHaveThePublishedShapesAndStart() {
    List<NamedArray> parameters = network("dropout=0.2").initialParameters(42);
    assertThat(parameters.stream().map(array -> array.name() + Arrays.toString(array.shape())))
        .containsExactly(
            "user_embedding[6, 32]",
            "item_tower.0.weight[128, 4]",
            "item_tower.0.bias[128]",
            "item_tower.1.weight[64, 128]",
            "item_tower.1.bias[64]",
            "item_tower.2.weight[32, 64]",
            "item_tower.2.bias[32]",
            "item_tower.3.weight[32, 32]",
            "item_tower.3.bias[32]");
    assertThat(deviation(parameters.get(0).values())).isCloseTo(.01, within(.002));
    assertThat(deviation(parameters.get(3).values()))
        .isCloseTo(Math.sqrt(2.0 / (64 + 128)), within(.005));
    assertThat(parameters.get(4).values()).containsOnly(0);
  }

  @Test
  void theLossIsThatOfTheFormulaOnTheSampledPairs() {
    TwoTowerNetwork network = network("dropout=0");
    List<NamedArray> start = network.initialParameters(1);
    PairSampler.Pairs pairs =
        new PairSampler(DATA.interactions(), 4).sample(ROWS, CounterRandom.of(9));
    float[] users = start.get(0).values();
    float[] items = new ItemTower(4, 32).encode(start, DATA.itemFeatures()).values();
    double expected = 0;
    for (int pair = 0; pair < ROWS.length * 5; pair++) {
      int item = pairs.items()[pair];
      double cosine = cosine(users, pairs.users()[pair / 5], items, item);
      expected += Math.log1p(Math.exp(pair % 5 == 0 ? -cosine : cosine)) / (ROWS.length * 5);
    }
    assertThat(loss(network, start)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void aRowsUserAndItemComeFirstAndEachItemIsEncodedOnce() {
    PairSampler.Pairs pairs =
        new PairSampler(DATA.interactions(), 4).sample(ROWS, CounterRandom.of(9));
    for (int b = 0; b < ROWS.length; b++) {
      assertThat(pairs.users()[b]).isEqualTo(DATA.interactions().userOf(ROWS[b]));
      assertThat(pairs.items()[b * 5]).isEqualTo(DATA.interactions().items()[ROWS[b]]);
    }
    ItemSlots.Numbered numbered = new ItemSlots(10).number(pairs.items());
    for (int pair = 0; pair < pairs.items().length; pair++) {
      assertThat(numbered.items()[numbered.slots()[pair]]).isEqualTo(pairs.items()[pair]);
    }
    assertThat(Arrays.copyOf(numbered.items(), numbered.itemCount())).doesNotHaveDuplicates();
    assertThat(numbered.itemCount()).isLessThanOrEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({
    "loss=bce, bce, .2, 1",
    "loss=bpr, bpr, .2, 1",
    "dropout=0, bce, 0, 3",
    "dropout=0, bce, 0, 64"
  })
  void theGradientIsTheOneThatLibtorchDerives(
      String setting, String loss, double dropRate, int threads) {
    TwoTowerNetwork network = network(setting, threads);
    List<NamedArray> start = network.initialParameters(5);
    LossAndGradient pass = pass(network, start);
    Parameters learnt =
        new ParameterSet(manager, start).lendTo(manager.newSubManager()).requireGradients();
    try (GradientCollector collector = Torch.engine().newGradientCollector()) {
      NDArray derived = PairLoss.named(loss).of(plainScores(learnt, dropRate));
      collector.backward(derived);
      assertThat(pass.loss().getFloat()).isCloseTo(derived.getFloat(), within(1e-6f));
    }
    float[] expected = learnt.gradient().toFloatArray();
    assertThat(pass.gradient().toFloatArray()).hasSameSizeAs(expected);
    assertThat(pass.gradient().toFloatArray())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(expected);
  }

  /** The cosines of the batch's pairs, each step of them an operation that libtorch derives. */
  private NDArray plainScores(Parameters learnt, double dropRate) {
    CounterRandom random = CounterRandom.of(9);
    PairSampler.Pairs pairs = new PairSampler(DATA.interactions(), 4).sample(ROWS, random);
    ItemSlots.Numbered numbered = new ItemSlots(10).number(pairs.items());
    NDArray features =
        EmbeddingTable.gather(
            manager.create(DATA.itemFeatures().values(), new Shape(10, 4)),
            indexes(Arrays.copyOf(numbered.items(), numbered.itemCount())));
    Dropout dropout =
        Dropout.drawn(
            new DropoutMask(dropRate),
            random,
            List.of(new HostBuffer(), new HostBuffer(), new HostBuffer()));
    NDArray items = features;
    int[] widths = {4, 128, 64, 32, 32};
    for (int layer = 0; layer < 4; layer++) {
      DenseLayer dense = new DenseLayer("item_tower." + layer, widths[layer], widths[layer + 1]);
      items = dense.forward(learnt, items);
      items = layer == 3 ? items : dropout.apply(Activation.relu(items), layer);
    }
    NDArray users =
        EmbeddingTable.gather(learnt.get(HybridTowers.USER_EMBEDDING), indexes(pairs.users()))
            .normalize(2, 1, 1e-12);
    return EmbeddingTable.gather(
            items.normalize(2, 1, 1e-12), indexes(numbered.slots()).reshape(ROWS.length, 5))
        .mul(users.expandDims(1))
        .sum(new int[] {2});
  }

  private NDArray indexes(int[] values) {
    return manager.create(values).toType(DataType.INT64, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss=bce", "loss=bpr"})
  void gradientsAgreeWithFiniteDifferences(String loss) {
    // dropout stays in: the batch's numbers decide it, so that the loss is one fixed function
    TwoTowerNetwork network = network(loss);
    List<NamedArray> start = network.initialParameters(5);
    float[] gradient = pass(network, start).gradient().toFloatArray();
    CounterRandom random = CounterRandom.of(6);
    int place = 0;
    for (NamedArray array : start) {
      float[] direction = random.gaussians(array.values().length, 1);
      double slope = 0;
      for (float coordinate : direction) {
        slope += gradient[place++] * coordinate;
      }
      double step = 1e-4; // small, since ReLU bends; float32 still tells the losses apart
      double difference =
          (loss(network, moved(start, array, direction, step))
                  - loss(network, moved(start, array, direction, -step)))
              / (2 * step);
      assertThat(slope).as(array.name()).isCloseTo(difference, within(.02 * scale(slope)));
    }
  }

  private static double scale(double slope) {
    return Math.max(Math.abs(slope), .05);
  }

  private static List<NamedArray> moved(
      List<NamedArray> start, NamedArray moved, float[] direction, double step) {
    List<NamedArray> arrays = new ArrayList<>(start);
    float[] values = moved.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (step * direction[i]);
    }
    arrays.set(start.indexOf(moved), new NamedArray(moved.name(), moved.shape(), values));
    return arrays;
  }

  private double loss(TwoTowerNetwork network, List<NamedArray> values) {
    return pass(network, values).loss().getFloat();
  }

  private LossAndGradient pass(TwoTowerNetwork network, List<NamedArray> values) {
    return network.lossAndGradient(
        new ParameterSet(manager, values).lendTo(manager.newSubManager()), batch());
  }

  private TrainingBatch batch() {
    return new TrainingBatch(manager, ROWS, CounterRandom.of(9));
  }

  private TwoTowerNetwork network(String setting) {
    return network(setting, 1);
  }

  private TwoTowerNetwork network(String setting, int threads) {
    Map<String, String> given = Map.of(setting.split("=")[0], setting.split("=")[1]);
    return new TwoTowerNetwork(
        manager,
        DATA.interactions(),
        DATA.itemFeatures(),
        TwoTowerParameters.of(ParameterValues.of(TwoTowerParameters.declare("bce"), given)),
        new TrainingThreads(threads));
  }

  private static double cosine(float[] users, int user, float[] items, int item) {
    double product = 0;
    double userSquares = 0;
    double itemSquares = 0;
    for (int d = 0; d < 32; d++) {
      double u = users[user * 32 + d];
      double v = items[item * 32 + d];
      product += u * v;
      userSquares += u * u;
      itemSquares += v * v;
    }
    return product / Math.sqrt(userSquares * itemSquares);
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares / values.length);
  }
}
