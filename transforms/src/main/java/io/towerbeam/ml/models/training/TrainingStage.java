package io.towerbeam.ml.models.training;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.random.CounterRandom;
import io.towerbeam.schemas.EpochReport;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Trains a network by Adam over shuffled batches, and goes on from the newest checkpoint if there
 * is one. The order of rows is a function of (seed, epoch), all else that is drawn of (seed, epoch,
 * batch): interrupted or not, the outcome is the same, bit for bit on one machine with the same
 * number of threads.
 *
 * <p>One training at a time in a process, since libtorch gathers gradients for one at a time: a
 * second one waits. Must fit in memory, beside the network: 4 bytes a row for the order.
 */
public final class TrainingStage {
  /** What random numbers are for: their first coordinate. */
  private static final long FOR_ORDER = 1;

  private static final long FOR_BATCH = 2;

  private final FitContext context;
  private final TrainingSettings settings;
  private final Checkpoints checkpoints;
  private final NDManager manager;
  private final Network network;
  private final int batches;
  private TrainingState state;
  private ParameterSet parameters;
  private AdamOptimizer optimizer;

  private TrainingStage(
      FitContext context,
      TrainingSettings settings,
      Checkpoints checkpoints,
      NDManager manager,
      Network network) {
    this.context = context;
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.manager = manager;
    this.network = network;
    this.batches = settings.batches(network.rows());
  }

  /**
   * What {@code network} has learnt after the last epoch.
   *
   * @param fingerprint of data, parameters and seed: checkpoints of another one are not resumed
   * @param network makes the network; its lasting arrays belong to the manager it is given
   * @throws ModelFitException if a GPU is required and there is none, its memory is too small, or
   *     the loss is not finite
   * @throws IOException if a checkpoint cannot be read or written
   */
  public static List<NamedArray> train(
      FitContext context,
      TrainingSettings settings,
      String fingerprint,
      Function<NDManager, Network> network)
      throws IOException, ModelFitException {
    Device device = Torch.device(context.device(), context.requireGpu());
    // the one object that all share whose classes were loaded apart, as those of two Flink jobs are
    synchronized (Torch.engine()) {
      try (NDManager manager = Torch.newManager(device)) {
        Network trained = network.apply(manager);
        Torch.useThreads(trained.threads().count() > 1 ? 1 : context.threads());
        Checkpoints checkpoints =
            new Checkpoints(context.files(), settings.checkpointSeconds(), () -> fingerprint);
        return new TrainingStage(context, settings, checkpoints, manager, trained).run();
      } catch (EngineException e) {
        throw OutOfMemory.orElse(e, context.model());
      }
    }
  }

  private List<NamedArray> run() throws IOException, ModelFitException {
    startOrResume();
    long steps = (long) settings.epochs() * batches;
    context.progress().started(context.model(), state.step(batches), steps);
    try {
      while (state.epoch() < settings.epochs()) {
        runEpoch();
      }
    } finally {
      context.progress().ended();
    }
    return parameters.toNamedArrays();
  }

  private void startOrResume() throws IOException {
    Optional<Checkpoint> resumed = checkpoints.newest(Checkpoint::of);
    List<NamedArray> values =
        resumed
            .map(Checkpoint::parameters)
            .orElseGet(() -> network.initialParameters(context.seed()));
    state = resumed.map(Checkpoint::state).orElse(TrainingState.START);
    parameters = new ParameterSet(manager, values);
    optimizer =
        resumed
            .map(
                checkpoint ->
                    AdamOptimizer.restored(
                        manager, checkpoint.moments(), settings.weightDecay(), state.step(batches)))
            .orElseGet(
                () ->
                    AdamOptimizer.fresh(manager, parameters.flat().size(), settings.weightDecay()));
  }

  private void runEpoch() throws IOException, ModelFitException {
    double learningRate = settings.learningRateOf(state.epoch());
    int[] order =
        CounterRandom.of(context.seed(), FOR_ORDER, state.epoch()).permutation(network.rows());
    while (state.batch() < batches) {
      runSteps(order, learningRate);
      context
          .progress()
          .stepped(state.step(batches), state.epochLoss() / state.batch(), pairsPerSecond());
      if (checkpoints.isDue() && state.batch() < batches) {
        writeCheckpoint();
      }
    }
    // Reported before the checkpoint: if it fails, the epoch is reported twice rather than never.
    context.progress().finishedEpoch(report(learningRate));
    state = state.afterEpoch();
    writeCheckpoint();
  }

  /** The next steps, and then their losses: reading these waits until the steps are done. */
  private void runSteps(int[] order, double learningRate) throws ModelFitException {
    long began = System.nanoTime();
    int first = state.batch();
    int steps = Math.min(batches - first, network.stepsAtOnce());
    float[] losses;
    try (NDManager queued = manager.newSubManager()) {
      NDList pending = new NDList();
      for (int batch = first; batch < first + steps; batch++) {
        pending.add(descend(order, batch, learningRate, queued));
      }
      losses = NDArrays.stack(pending).toFloatArray();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    for (float loss : losses) {
      if (!Float.isFinite(loss)) {
        throw new ModelFitException(
            "the loss of %s is %s in epoch %d, batch %d: a lower learningRate may help"
                .formatted(context.model(), loss, state.epoch() + 1, state.batch() + 1));
      }
      state = state.afterBatch(loss, seconds / steps);
    }
  }

  /** One step: its mean loss, which belongs to {@code queued}. */
  private NDArray descend(int[] order, int batch, double learningRate, NDManager queued) {
    int from = batch * settings.batchSize(); // below rows, so below 2^31
    int[] rows =
        Arrays.copyOfRange(order, from, Math.min(order.length - from, settings.batchSize()) + from);
    CounterRandom random = CounterRandom.of(context.seed(), FOR_BATCH, state.epoch(), batch);
    try (NDManager step = manager.newSubManager()) {
      LossAndGradient pass =
          network.lossAndGradient(parameters.lendTo(step), new TrainingBatch(step, rows, random));
      optimizer.step(network.threads(), step, parameters.flat(), pass.gradient(), learningRate);
      pass.loss().attach(queued);
      return pass.loss();
    }
  }

  private double pairsPerSecond() {
    double pairs = (double) state.batch() * settings.batchSize() * network.pairsPerRow();
    return pairs / Math.max(state.epochSeconds(), 1e-9);
  }

  private EpochReport report(double learningRate) {
    return EpochReport.newBuilder()
        .setModel(context.model())
        .setEpoch(state.epoch() + 1)
        .setEpochs(settings.epochs())
        .setBatches(batches)
        .setExamples((long) network.rows() * network.pairsPerRow())
        .setLoss(state.epochLoss())
        .setLearningRate(learningRate)
        .setSeconds(state.epochSeconds())
        .build();
  }

  private void writeCheckpoint() throws IOException {
    checkpoints.write(
        state.step(batches),
        new Checkpoint(state, parameters.toNamedArrays(), optimizer.moments()).toFile());
  }
}
