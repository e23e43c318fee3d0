package io.towerbeam.ml.models.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.jni.JniUtils;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.ModelFitException;

/** The way to libtorch: its engine, its devices and its threads. Safe for use by many threads. */
public final class Torch {
  private static final String OFFLINE = "ai.djl.offline";

  /** glibc raises its thresholds by freed blocks of up to 32 MiB; this is just below. */
  private static final int LARGE_BLOCK_FLOATS = 8_000_000;

  private Torch() {}

  /** Loads the engine at the first use. */
  private static final class Holder {
    static final Engine ENGINE = load();

    private static Engine load() {
      if (System.getProperty(OFFLINE) == null) {
        System.setProperty(OFFLINE, "true"); // a missing library must fail, not be downloaded
      }
      Engine engine;
      try {
        engine = Engine.getEngine(PtEngine.ENGINE_NAME);
      } catch (EngineException e) {
        throw missing(e);
      }
      keepFreedMemory(engine);
      return engine;
    }

    /** What DJL says of it is not what helps, so that it is not the cause but beside it. */
    private static IllegalStateException missing(EngineException fault) {
      IllegalStateException missing =
          new IllegalStateException(
              "PyTorch's native library cannot be loaded: add ai.djl.pytorch:pytorch-native-cpu (or"
                  + " pytorch-native-cu124) of version 2.5.1 for this system to the class path");
      missing.addSuppressed(fault);
      return missing;
    }

    /**
     * By default glibc hands memory back to the kernel after every training step, and a step then
     * spends up to a tenth of its time in page faults. It learns not to from a large block freed.
     */
    private static void keepFreedMemory(Engine engine) {
      try (NDManager manager = engine.newBaseManager(Device.cpu())) {
        manager.create(new Shape(LARGE_BLOCK_FLOATS), DataType.FLOAT32).close();
      }
    }
  }

  /**
   * The engine.
   *
   * @throws IllegalStateException if its native library is missing, saying what to add
   */
  public static Engine engine() {
    return Holder.ENGINE;
  }

  /** A new owner of arrays on {@code device}; they are freed when it is closed. */
  public static NDManager newManager(Device device) {
    return engine().newBaseManager(device);
  }

  /**
   * Where tensors are to live.
   *
   * @throws ModelFitException if a GPU is asked for or required and there is none
   */
  public static Device device(DeviceChoice choice, boolean requireGpu) throws ModelFitException {
    if (choice == DeviceChoice.CPU) {
      if (requireGpu) {
        throw new ModelFitException("a GPU is required, but the device is set to CPU");
      }
      return Device.cpu();
    }
    if (engine().getGpuCount() > 0) {
      return Device.gpu();
    }
    if (requireGpu || choice == DeviceChoice.GPU) {
      throw new ModelFitException(
          "a GPU is required, but libtorch %s finds none here".formatted(engine().getVersion()));
    }
    return Device.cpu();
  }

  /**
   * A copy of {@code values} in memory that libtorch allocated, of {@code shape}. Matrix products
   * round differently by where their operands begin: libtorch's own memory begins at multiples of
   * 64 bytes, the JVM's does not, and what multiplies the latter is not the same in every run.
   */
  public static NDArray create(NDManager manager, float[] values, Shape shape) {
    try (NDArray lent = manager.create(values, shape)) {
      return lent.duplicate();
    }
  }

  /**
   * Sets how many threads the calling thread's dense algebra uses, and that of threads that come to
   * libtorch later.
   */
  public static void useThreads(int threads) {
    engine();
    JniUtils.setNumThreads(threads);
  }
}
