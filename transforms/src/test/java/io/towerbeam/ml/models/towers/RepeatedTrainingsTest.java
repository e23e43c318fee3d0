package io.towerbeam.ml.models.towers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trainings one after the other in one JVM: what one takes, the next must find free again. */
class RepeatedTrainingsTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int MANY = Integer.getInteger("towerbeam.trainings", 20);
  private static final int WARM_UP = 2;

  /** A training's arrays are some 40 MB; the heap is collected before it is measured. */
  private static final long MOST_RESIDENT_GROWTH = 200L << 20;

  private static final long MOST_HEAP_GROWTH = 20L << 20;

  /** Memory in bytes. */
  private record Taken(long heap, long resident) {
    static Taken now() throws IOException {
      System.gc();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      long resident =
          Files.readAllLines(STATUS).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
              .findFirst()
              .orElseThrow();
      return new Taken(heap, resident);
    }
  }

  @Test
  void fiveTrainingsTakeNoMoreMemoryThanTwo() throws Exception {
    train(5, 1);
  }

  @Test
  @Tag("nightly")
  void manyTrainingsTakeNoMoreMemoryThanTwo() throws Exception {
    train(MANY, 1);
  }

  @Test
  @Tag("nightly")
  void twoHundredEpochsTakeNoMoreMemoryThanAFew() throws Exception {
    train(WARM_UP + 1, 200);
  }

  private static void train(int times, int lastEpochs) throws Exception {
    assumeTrue(Files.exists(STATUS), "only Linux tells the memory of a process");
    MemoryData data = MemoryData.twoTastes(500, 300, 40);
    Taken warm = null;
    for (int time = 1; time <= times; time++) {
      train(data, time, time > WARM_UP ? lastEpochs : 1);
      if (time == WARM_UP) {
        warm = Taken.now();
      }
    }
    Taken last = Taken.now();
    System.out.printf(
        "trainings: %d, the last of %d epochs, resident %+d MiB, heap %+d MiB after the first %d%n",
        times,
        lastEpochs,
        (last.resident() - warm.resident()) >> 20,
        (last.heap() - warm.heap()) >> 20,
        WARM_UP);
    assertThat(last.resident() - warm.resident()).isLessThan(MOST_RESIDENT_GROWTH);
    assertThat(last.heap() - warm.heap()).isLessThan(MOST_HEAP_GROWTH);
  }

  private static void train(MemoryData data, long seed, int epochs) throws Exception {
    new TwoTowerHybrid()
        .fit(
            data,
            TwoTowerHybridTest.parameters("epochs=" + epochs, "batchSize=500"),
            new FitContext(
                "m", seed, DeviceChoice.CPU, false, 1, new MemoryFiles(), TrainingProgress.SILENT))
        .close();
  }
}
