package io.towerbeam.ml.models.towers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.training.DevicePairs;
import io.towerbeam.ml.models.training.LossAndGradient;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.Network;
import io.towerbeam.ml.models.training.PairSource;
import io.towerbeam.ml.models.training.ParameterSet;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.models.training.TrainingBatch;
import io.towerbeam.ml.models.training.TrainingStage;
import io.towerbeam.ml.models.training.TrainingThreads;
import io.towerbeam.ml.random.CounterRandom;
import io.towerbeam.schemas.EpochReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the CPU, which takes the same calls. */
class DeviceTwoTowerNetworkTest {
  private static final MemoryData DATA = MemoryData.twoTastes(40, 20, 10);
  private static final int[] ROWS = {3, 0, 17, 29, 3, 250};
  private static final int EPOCHS = 12;

  private final MemoryFiles files = new MemoryFiles();

  private static TwoTowerParameters parameters(Map<String, String> given) {
    return TwoTowerParameters.of(ParameterValues.of(TwoTowerParameters.declare("bce"), given));
  }

  private static Network onDevice(NDManager manager, TwoTowerParameters settings) {
    return new DeviceTwoTowerNetwork(
        manager,
        DATA.interactions(),
        DATA.itemFeatures(),
        settings,
        new DevicePairs(manager, DATA.interactions(), settings.negatives(), settings.dropout()));
  }

  private static Network onHost(NDManager manager, TwoTowerParameters settings) {
    return new TwoTowerNetwork(
        manager, DATA.interactions(), DATA.itemFeatures(), settings, TrainingThreads.ONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bce", "bpr"})
  void lossAndGradientAreThoseOfTheNetworkOnTheHost(String loss) {
    TwoTowerParameters settings = parameters(Map.of("loss", loss, "dropout", "0"));
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      PairSource source = PairSource.on(manager, DATA.interactions(), settings.negatives(), 0);
      LossAndGradient derived =
          pass(
              manager,
              new DeviceTwoTowerNetwork(
                  manager, DATA.interactions(), DATA.itemFeatures(), settings, source));
      LossAndGradient byHand = pass(manager, onHost(manager, settings));
      assertThat(derived.loss().getFloat()).isCloseTo(byHand.loss().getFloat(), within(1e-6f));
      assertThat(derived.gradient().toFloatArray())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(byHand.gradient().toFloatArray());
    }
  }

  private static LossAndGradient pass(NDManager manager, Network network) {
    NDManager step = manager.newSubManager();
    return network.lossAndGradient(
        new ParameterSet(manager, network.initialParameters(5)).lendTo(step),
        new TrainingBatch(step, ROWS, CounterRandom.of(9)));
  }

  /** Collects what it is told, and throws at a step. */
  private static final class Watcher implements TrainingProgress {
    private final List<Long> steps = new ArrayList<>();
    private final List<EpochReport> epochs = new ArrayList<>();
    private long killAt = Long.MAX_VALUE;

    @Override
    public void stepped(long step, double meanLoss, double examplesPerSecond) {
      steps.add(step);
      if (step >= killAt) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void finishedEpoch(EpochReport report) {
      epochs.add(report);
    }
  }

  private List<NamedArray> train(
      Watcher watcher, TwoTowerParameters settings, Function<NDManager, Network> network)
      throws Exception {
    FitContext context = new FitContext("m", 42, DeviceChoice.CPU, false, 1, files, watcher);
    return TrainingStage.train(context, settings.training(), "data", network);
  }

  @Test
  void itLearnsWhatTheNetworkOnTheHostDoes() throws Exception {
    TwoTowerParameters settings =
        parameters(Map.of("epochs", "" + EPOCHS, "batchSize", "64", "learningRate", ".005"));
    Watcher device = new Watcher();
    train(device, settings, manager -> onDevice(manager, settings));
    files.contents.clear();
    Watcher host = new Watcher();
    train(host, settings, manager -> onHost(manager, settings));
    for (int epoch : new int[] {0, EPOCHS - 1}) {
      double expected = host.epochs.get(epoch).getLoss();
      assertThat(device.epochs.get(epoch).getLoss()).isCloseTo(expected, within(.05 * expected));
    }
    assertThat(device.epochs.get(EPOCHS - 1).getLoss())
        .isLessThan(.9 * device.epochs.get(0).getLoss());
  }

  @Test
  void lossesAreReadAfterManySteps() throws Exception {
    TwoTowerParameters settings = parameters(Map.of("epochs", "2", "batchSize", "4"));
    Watcher watcher = new Watcher();
    train(watcher, settings, manager -> onDevice(manager, settings));
    assertThat(DATA.interactions().size()).isEqualTo(400); // so 100 steps an epoch
    assertThat(watcher.steps).containsExactly(64L, 100L, 164L, 200L);
    assertThat(watcher.epochs).extracting(EpochReport::getBatches).containsExactly(100, 100);
  }

  @Test
  void aKilledTrainingEndsInTheSameParameters() throws Exception {
    TwoTowerParameters settings =
        parameters(Map.of("epochs", "2", "batchSize", "4", "checkpointSeconds", "0"));
    List<NamedArray> undisturbed =
        train(new Watcher(), settings, manager -> onDevice(manager, settings));
    files.contents.clear();
    Watcher killed = new Watcher();
    killed.killAt = 164;
    assertThatThrownBy(() -> train(killed, settings, manager -> onDevice(manager, settings)))
        .hasMessage("killed");
    Watcher resumed = new Watcher();
    List<NamedArray> learnt = train(resumed, settings, manager -> onDevice(manager, settings));
    assertThat(resumed.steps).containsExactly(164L, 200L);
    for (int i = 0; i < learnt.size(); i++) {
      assertThat(learnt.get(i).values()).isEqualTo(undisturbed.get(i).values());
    }
  }

  @Test
  void aLossThatIsNotFiniteIsToldWithItsStep() {
    TwoTowerParameters settings = parameters(Map.of("batchSize", "4"));
    assertThatThrownBy(
            () ->
                train(
                    new Watcher(),
                    settings,
                    manager -> new Poisoned(onDevice(manager, settings), 70)))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("the loss of m is NaN in epoch 1, batch 71: a lower learningRate may help");
  }

  /** A network whose loss is not a number in one of its steps, counted from 0. */
  private static final class Poisoned implements Network {
    private final Network network;
    private final int poisonedStep;
    private int step;

    Poisoned(Network network, int poisonedStep) {
      this.network = network;
      this.poisonedStep = poisonedStep;
    }

    @Override
    public int rows() {
      return network.rows();
    }

    @Override
    public int pairsPerRow() {
      return network.pairsPerRow();
    }

    @Override
    public int stepsAtOnce() {
      return network.stepsAtOnce();
    }

    @Override
    public List<NamedArray> initialParameters(long seed) {
      return network.initialParameters(seed);
    }

    @Override
    public LossAndGradient lossAndGradient(Parameters parameters, TrainingBatch batch) {
      LossAndGradient pass = network.lossAndGradient(parameters, batch);
      return step++ == poisonedStep
          ? new LossAndGradient(pass.loss().mul(Float.NaN), pass.gradient())
          : pass;
    }
  }
}
