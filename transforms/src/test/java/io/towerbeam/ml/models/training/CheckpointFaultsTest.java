package io.towerbeam.ml.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.contextual.ContextualTwoTower;
import io.towerbeam.ml.models.factors.Als;
import io.towerbeam.ml.models.linear.Slim;
import io.towerbeam.ml.models.ncf.NcfBce;
import io.towerbeam.ml.models.ncf.NcfBpr;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.towers.TwoTowerHybrid;
import io.towerbeam.ml.random.CounterRandom;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Trainings of each model that learns in steps, broken off in a step or in the middle of a
 * checkpoint's writing, with the newest checkpoint then cut short or one of its bits flipped. Run
 * again, each ends in the bytes of an undisturbed one.
 */
class CheckpointFaultsTest {
  private static final long SEED = Long.getLong("towerbeam.faultSeed", 42);
  private static final int MANY = Integer.getInteger("towerbeam.checkpointFaults", 100);
  private static final MemoryData DATA = timed(MemoryData.twoTastes(40, 20, 10));
  private static final String FAST = "checkpointSeconds=0";
  private static final String[] BY_GRADIENT = {"epochs=3", "batchSize=16", FAST};

  /** Each checkpoint that is written counts: a step is followed by one. */
  private static final int LEAST_STEPS = 6;

  /** A model and what it is fitted with. */
  private record Subject(RankingModelProvider provider, String... settings) {}

  private static List<Subject> subjects() {
    return List.of(
        new Subject(new TwoTowerHybrid(), BY_GRADIENT),
        new Subject(new ContextualTwoTower(), BY_GRADIENT),
        new Subject(new NcfBce(), BY_GRADIENT),
        new Subject(new NcfBpr(), BY_GRADIENT),
        new Subject(new Als(), FAST),
        new Subject(new Slim(), "alpha=0.1", FAST));
  }

  /** What is done to a training, and to what it leaves. */
  private enum Fault {
    KILLED_IN_A_STEP,
    KILLED_IN_A_WRITE,
    NEWEST_CUT_SHORT,
    BIT_OF_NEWEST_FLIPPED
  }

  @Test
  void everyModelEndsInTheSameBytesAfterEveryFault() throws Exception {
    faults(2);
  }

  @Test
  @Tag("nightly")
  void everyModelEndsInTheSameBytesAfterManyFaults() throws Exception {
    faults(MANY);
  }

  private static void faults(int times) throws Exception {
    for (Subject subject : subjects()) {
      byte[] undisturbed = finish(subject, new MemoryFiles());
      for (Fault fault : Fault.values()) {
        for (int time = 0; time < times; time++) {
          MemoryFiles files = new MemoryFiles();
          disturb(subject, files, fault, CounterRandom.of(SEED, fault.ordinal(), time));
          assertThat(finish(subject, files))
              .as("%s, %s, %d", subject.provider.name(), fault, time)
              .isEqualTo(undisturbed);
        }
      }
    }
    System.out.printf(
        "checkpoint faults: %d of each of %d kinds to each of %d models, weights equal%n",
        times, Fault.values().length, subjects().size());
  }

  private static void disturb(Subject subject, MemoryFiles files, Fault fault, CounterRandom random)
      throws Exception {
    int step = 3 + random.nextInt(LEAST_STEPS - 3);
    if (fault == Fault.KILLED_IN_A_WRITE) {
      files.failAfter(step);
    } else {
      files.refuseAfter(step);
    }
    assertThatThrownBy(() -> fit(subject, files)).isInstanceOf(IOException.class);
    if (fault == Fault.KILLED_IN_A_WRITE) {
      return;
    }
    List<String> names = files.list("checkpoints");
    assertThat(names).hasSize(2);
    String newest = "checkpoints/" + names.get(1);
    byte[] bytes = files.contents.get(newest);
    if (fault == Fault.NEWEST_CUT_SHORT) {
      files.contents.put(newest, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    } else if (fault == Fault.BIT_OF_NEWEST_FLIPPED) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  private static byte[] finish(Subject subject, MemoryFiles files) throws Exception {
    try (FittedModel model = fit(subject, files)) {
      model.save(files);
    }
    assertThat(files.list("checkpoints")).isEmpty();
    return files.contents.get("parameters.avro");
  }

  private static FittedModel fit(Subject subject, MemoryFiles files) throws Exception {
    RankingModelProvider provider = subject.provider;
    FitContext context =
        new FitContext(
            provider.name(), 42, DeviceChoice.CPU, false, 1, files, TrainingProgress.SILENT);
    return provider.fit(DATA, Fits.parameters(provider, subject.settings), context);
  }

  /** The same, a row a day for each user. */
  private static MemoryData timed(MemoryData data) {
    long[] times = new long[data.interactions().size()];
    for (int user = 0; user < data.interactions().userCount(); user++) {
      int from = data.interactions().offsets()[user];
      for (int row = from; row < data.interactions().offsets()[user + 1]; row++) {
        times[row] = 86_400L * (row - from);
      }
    }
    return new MemoryData(data.interactions(), data.ratings(), times, data.itemFeatures());
  }
}
