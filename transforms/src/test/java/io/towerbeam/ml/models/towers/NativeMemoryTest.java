package io.towerbeam.ml.models.towers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long WARM_UP = 100;

  /** Memory of the process in KiB after the warm-up, and at the end. */
  private static final class Meter implements TrainingProgress {
    private long warm;
    private long last;

    @Override
    public void stepped(long step, double meanLoss, double examplesPerSecond) {
      if (step == WARM_UP) {
        warm = residentKib();
      }
      if (step % WARM_UP == 0) {
        last = residentKib();
      }
    }
  }

  @Test
  void threeHundredStepsTakeNoMoreMemoryThanTheFirstHundred() throws Exception {
    assumeTrue(Files.exists(STATUS), "only Linux tells the memory of a process");
    Meter meter = new Meter();
    new TwoTowerHybrid()
        .fit(
            MemoryData.twoTastes(1000, 500, 80),
            TwoTowerHybridTest.parameters("epochs=4", "batchSize=800"),
            new FitContext("m", 1, DeviceChoice.CPU, false, 1, new MemoryFiles(), meter))
        .close();
    // A step's arrays are about 4 MB: kept, they would be 1.2 GB; the Java heap may take some 100.
    assertThat(meter.last - meter.warm).isLessThan(300 * 1024);
  }

  private static long residentKib() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
