package io.towerbeam.ml.models.contextual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.contextual.CausalExamples.Example;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.ParameterSet;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.models.training.TrainingBatch;
import io.towerbeam.ml.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContextualNetworkTest {
  private static final int ITEMS = 7;
  private static final long DAY = 86_400;
  private static final int[] TAKEN = {0, 1, 2, 5, 3, 3, 4, 6, 0};
  private static final long[] TIMES = {
    0, 3 * DAY, 40 * DAY, 41 * DAY, 7, 8, 9, 10 * DAY, 100 * DAY
  };
  private static final CausalExamples EXAMPLES =
      new CausalExamples(new InteractionMatrix(2, ITEMS, new int[] {0, 4, 9}, TAKEN), TIMES, 0);
  private static final FloatMatrix CONTENT =
      new FloatMatrix(ITEMS, 3, CounterRandom.of(5).gaussians(ITEMS * 3, 1));

  /** A history of rows 0 and 1 with targets 2 and 3, and one of rows 4 to 6 with target 8. */
  private static final List<Example> BATCH =
      List.of(
          new Example(new int[] {0, 1}, new int[] {2, 3}, ContextBucket.AFTER_30_DAYS),
          new Example(new int[] {4, 5, 6}, new int[] {8}, ContextBucket.AFTER_90_DAYS));

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
  void theLossIsTheOneWorkedOutInPlainArithmetic() {
    List<NamedArray> learnt = distinctive(network());
    assertThat(loss(network(), learnt)).isCloseTo(plainLoss(learnt), within(1e-5));
  }

  @Test
  void aSampleOfAllItemsHasTheLossOfAllItems() {
    ContextualNetwork sampled = network("fullSoftmaxItems=0", "sampledItems=1000000");
    List<NamedArray> learnt = distinctive(network());
    assertThat(loss(sampled, learnt)).isCloseTo(loss(network(), learnt), within(1e-6));
  }

  @Test
  void samplesHaveTheGradientOfAllItemsInTheMean() {
    ContextualNetwork full = network();
    List<NamedArray> learnt = distinctive(full);
    float[] expected = gradient(full, learnt, 0);
    ContextualNetwork sampled = network("fullSoftmaxItems=0", "sampledItems=6");
    double[] mean = new double[expected.length];
    int draws = 400;
    for (int seed = 0; seed < draws; seed++) {
      float[] gradient = gradient(sampled, learnt, seed);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += (double) gradient[i] / draws;
      }
    }
    // log of a mean is above the mean of logs, so a small sample leans a little: hence the width
    for (int i = 0; i < mean.length; i++) {
      assertThat(mean[i]).isCloseTo(expected[i], within(.06));
    }
  }

  @Test
  void theHistoryIsNotInTheSoftmax() {
    ContextualNetwork network = network();
    List<NamedArray> learnt = distinctive(network);
    double before = loss(network, learnt);
    float[] biases = find(learnt, ContextualTowers.ITEM_BIAS);
    List<Example> first = BATCH.subList(0, 1);
    double alone = loss(network, learnt, first);
    raise(biases, 0, 10); // an item of the first history alone
    assertThat(loss(network, learnt, first)).isEqualTo(alone);
    assertThat(loss(network, learnt)).isLessThan(before); // and the target of the second
    raise(biases, 6, 30); // an item of neither, so that all targets lose
    assertThat(loss(network, learnt, first)).isGreaterThan(alone + 1);
  }

  private static void raise(float[] biases, int item, float by) {
    for (int context = 0; context < ContextBucket.COUNT; context++) {
      biases[item * ContextBucket.COUNT + context] += by;
    }
  }

  @Test
  void theArraysHaveTheirShapesAndEachGetsAGradient() {
    ContextualNetwork network = network();
    List<NamedArray> arrays = network.initialParameters(1);
    assertThat(shape(arrays, ContextualTowers.HISTORY_TABLE)).containsExactly(ITEMS, 4);
    assertThat(shape(arrays, ContextualTowers.ITEM_TABLE)).containsExactly(ITEMS, 4);
    assertThat(shape(arrays, ContextualTowers.ITEM_BIAS)).containsExactly(ITEMS, 5);
    assertThat(shape(arrays, ContextualTowers.CONTEXT_VECTORS)).containsExactly(5, 4);
    assertThat(shape(arrays, ContextualTowers.CONTEXT_CONTENT)).containsExactly(5, 3);
    List<NamedArray> learnt = distinctive(network);
    float[] gradient = gradient(network, learnt, 0);
    int from = 0;
    for (NamedArray array : learnt) {
      double squares = 0;
      for (int i = 0; i < array.values().length; i++) {
        squares += gradient[from + i] * gradient[from + i];
      }
      assertThat(squares).as(array.name()).isPositive();
      from += array.values().length;
    }
  }

  @Test
  void aHistoryOfWhichAllIsDroppedHasAFiniteLoss() {
    ContextualNetwork network = network("dropout=0.99");
    List<NamedArray> learnt = distinctive(network);
    for (float slope : gradient(network, learnt, 3)) {
      assertThat(slope).isFinite();
    }
  }

  private ContextualNetwork network(String... settings) {
    String[] given = Arrays.copyOf(settings, settings.length + 4);
    given[settings.length] = "embeddingDim=4";
    given[settings.length + 1] = "recencyDays=5";
    given[settings.length + 2] = "factorLength=1";
    given[settings.length + 3] =
        String.join("", settings).contains("dropout") ? "epochs=1" : "dropout=0";
    return new ContextualNetwork(
        manager,
        EXAMPLES,
        ItemPrior.of(EXAMPLES.interactions(), TIMES, .5, 10),
        CONTENT,
        ContextualParameters.of(Fits.parameters(new ContextualTwoTower(), given)));
  }

  /** Arrays in which every value counts. */
  private static List<NamedArray> distinctive(ContextualNetwork network) {
    CounterRandom random = CounterRandom.of(11);
    return network.initialParameters(1).stream()
        .map(
            array ->
                new NamedArray(
                    array.name(), array.shape(), random.gaussians(array.values().length, .5)))
        .toList();
  }

  private double loss(ContextualNetwork network, List<NamedArray> learnt) {
    return loss(network, learnt, BATCH);
  }

  private double loss(ContextualNetwork network, List<NamedArray> learnt, List<Example> batch) {
    try (NDManager pass = manager.newSubManager()) {
      Parameters lent = new ParameterSet(pass, learnt).lendTo(pass);
      return network
          .loss(lent, batch, new TrainingBatch(pass, new int[2], CounterRandom.of(1)))
          .getFloat();
    }
  }

  private float[] gradient(ContextualNetwork network, List<NamedArray> learnt, long seed) {
    try (NDManager pass = manager.newSubManager()) {
      Parameters lent = new ParameterSet(pass, learnt).lendTo(pass).requireGradients();
      try (GradientCollector collector = Torch.engine().newGradientCollector()) {
        collector.backward(
            network.loss(lent, BATCH, new TrainingBatch(pass, new int[2], CounterRandom.of(seed))));
      }
      return lent.gradient().toFloatArray();
    }
  }

  /** The loss by the formulas of the model's documentation, in float64. */
  private static double plainLoss(List<NamedArray> learnt) {
    double loss = 0;
    double weights = 0;
    for (Example example : BATCH) {
      double[] user = PlainTowers.user(learnt, CONTENT, TAKEN, TIMES, example, 5 * DAY);
      double sum = 0;
      double[] scores = new double[ITEMS];
      for (int item = 0; item < ITEMS; item++) {
        int candidate = item;
        scores[item] = PlainTowers.score(learnt, CONTENT, user, item, example.context().ordinal());
        if (Arrays.stream(example.history()).noneMatch(row -> TAKEN[row] == candidate)) {
          sum += Math.exp(scores[item]);
        }
      }
      double weight = Math.pow(example.targets().length, .5);
      for (int row : example.targets()) {
        loss += weight / example.targets().length * (Math.log(sum) - scores[TAKEN[row]]);
      }
      weights += weight;
    }
    return loss / weights;
  }

  private static long[] shape(List<NamedArray> arrays, String name) {
    return arrays.stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow().shape();
  }

  private static float[] find(List<NamedArray> arrays, String name) {
    return arrays.stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow().values();
  }
}
