package io.towerbeam.ml.models.towers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.schemas.EpochReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings of 3 epochs of 7 steps that break off and are run again. */
class ResumeTest {
  private static final MemoryData DATA = MemoryData.twoTastes(40, 20, 10);
  private static final TwoTowerHybrid PROVIDER = new TwoTowerHybrid();
  private static byte[] undisturbed;

  private final MemoryFiles files = new MemoryFiles();
  private final Killer progress = new Killer();
  private int threads = 1;

  /** Notes what it is told, and throws when a step is reached. */
  private static final class Killer implements TrainingProgress {
    private long killAt = Long.MAX_VALUE;
    private long startedAt = -1;
    private final List<EpochReport> reports = new ArrayList<>();

    @Override
    public void started(String model, long step, long steps) {
      startedAt = step;
      assertThat(steps).isEqualTo(21);
    }

    @Override
    public void stepped(long step, double meanLoss, double examplesPerSecond) {
      if (step == killAt) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void finishedEpoch(EpochReport report) {
      reports.add(report);
    }
  }

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    ResumeTest test = new ResumeTest();
    undisturbed = test.finish(60);
    assertThat(test.progress.reports).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"1, 60, 0", "5, 60, 0", "7, 60, 0", "8, 60, 7", "17, 60, 14", "5, 0, 4", "16, 0, 15"})
  void aKilledTrainingEndsInTheSameBytes(long killAt, int checkpointSeconds, long goesOnAfter)
      throws Exception {
    progress.killAt = killAt;
    assertThatThrownBy(() -> fit(42, checkpointSeconds)).hasMessage("killed");
    assertThat(files.list("checkpoints")).hasSizeLessThanOrEqualTo(2);
    progress.killAt = Long.MAX_VALUE;
    assertThat(finish(checkpointSeconds)).isEqualTo(undisturbed);
    assertThat(progress.startedAt).isEqualTo(goesOnAfter);
  }

  @Test
  void theLossOfAnEpochInTwoAttemptsIsThatOfTheWhole() throws Exception {
    ResumeTest whole = new ResumeTest();
    whole.finish(60);
    progress.killAt = 11;
    assertThatThrownBy(() -> fit(42, 0)).hasMessage("killed");
    progress.killAt = Long.MAX_VALUE;
    finish(0);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(progress.reports.get(epoch).getLoss())
          .isCloseTo(whole.progress.reports.get(epoch).getLoss(), within(0.0));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "9, 9"})
  void aWriteThatBreaksOffCostsOneCheckpoint(int writes, long goesOnAfter) throws Exception {
    files.failAfter(writes);
    assertThatThrownBy(() -> fit(42, 0)).isInstanceOf(IOException.class);
    assertThat(finish(0)).isEqualTo(undisturbed);
    assertThat(progress.startedAt).isEqualTo(goesOnAfter);
  }

  @Test
  void aDamagedCheckpointFallsBackToTheOneBefore() throws Exception {
    progress.killAt = 10;
    assertThatThrownBy(() -> fit(42, 0)).hasMessage("killed");
    List<String> names = files.list("checkpoints");
    assertThat(names).containsExactly("000000000008.avro", "000000000009.avro");
    byte[] newest = files.contents.get("checkpoints/" + names.get(1));
    newest[newest.length / 2] ^= 1;
    progress.killAt = Long.MAX_VALUE;
    assertThat(finish(0)).isEqualTo(undisturbed);
    assertThat(progress.startedAt).isEqualTo(8);
  }

  @Test
  void aCheckpointOfAnotherSeedIsNotResumed() throws Exception {
    progress.killAt = 10;
    assertThatThrownBy(() -> fit(43, 0)).hasMessage("killed");
    progress.killAt = Long.MAX_VALUE;
    assertThat(finish(60)).isEqualTo(undisturbed);
    assertThat(progress.startedAt).isZero();
  }

  @Test
  void aTrainingThatWasDoneButNotSavedIsNotRepeated() throws Exception {
    fit(42, 60).close();
    progress.reports.clear();
    assertThat(finish(60)).isEqualTo(undisturbed);
    assertThat(progress.startedAt).isEqualTo(21);
    assertThat(progress.reports).isEmpty();
  }

  @RepeatedTest(3)
  void aTrainingOfSeveralThreadsIsRepeatedBitForBit() throws Exception {
    ResumeTest whole = new ResumeTest();
    whole.threads = 3;
    byte[] expected = whole.finish(60);
    threads = 3;
    progress.killAt = 9;
    assertThatThrownBy(() -> fit(42, 0)).hasMessage("killed");
    progress.killAt = Long.MAX_VALUE;
    assertThat(finish(0)).isEqualTo(expected).isNotEqualTo(undisturbed);
    assertThat(progress.startedAt).isEqualTo(8);
  }

  private byte[] finish(int checkpointSeconds) throws Exception {
    try (FittedModel model = fit(42, checkpointSeconds)) {
      model.save(files);
    }
    assertThat(files.list("checkpoints")).isEmpty();
    return files.contents.get("parameters.avro");
  }

  private FittedModel fit(long seed, int checkpointSeconds) throws Exception {
    return PROVIDER.fit(
        DATA,
        TwoTowerHybridTest.parameters(
            "epochs=3", "batchSize=64", "checkpointSeconds=" + checkpointSeconds),
        new FitContext("two-tower", seed, DeviceChoice.CPU, false, threads, files, progress));
  }
}
