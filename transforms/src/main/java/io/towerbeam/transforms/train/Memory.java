package io.towerbeam.transforms.train;

import io.towerbeam.ml.models.ModelFitException;
import java.lang.management.ManagementFactory;

/** The memory that a fit may still take. */
final class Memory {
  private static final double GIB = 1L << 30;

  private Memory() {}

  /**
   * @throws ModelFitException if a model needs more than the machine has, heap and native memory
   *     together
   */
  static void require(String model, long bytesNeeded) throws ModelFitException {
    long total =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize();
    if (bytesNeeded > total) {
      throw new ModelFitException(
          "%s needs %.1f GiB of memory on these data, and this machine has %.1f GiB"
              .formatted(model, bytesNeeded / GIB, total / GIB));
    }
  }
}
