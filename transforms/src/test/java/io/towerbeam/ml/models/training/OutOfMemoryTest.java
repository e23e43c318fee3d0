package io.towerbeam.ml.models.training;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.MemoryFiles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A network whose loss meets what libtorch says of a device without room. */
class OutOfMemoryTest {
  private static final String ON_A_GPU =
      """
      CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 22.05 GiB
      Exception raised from malloc at ../c10/cuda/CUDACachingAllocator.cpp:1219 (most recent call first):
      frame #0: c10::Error::Error(c10::SourceLocation, std::string) + 0x6c""";

  private static final String ON_A_CPU =
      "[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory";

  private record Failing(String message) implements Network {
    @Override
    public int rows() {
      return 1;
    }

    @Override
    public int pairsPerRow() {
      return 1;
    }

    @Override
    public List<NamedArray> initialParameters(long seed) {
      return List.of(new NamedArray("weight", new long[] {1}, new float[1]));
    }

    @Override
    public LossAndGradient lossAndGradient(Parameters parameters, TrainingBatch batch) {
      throw new EngineException(message);
    }
  }

  @Test
  void aGpuWithoutRoomIsToldInALineThatSaysWhatToLower() {
    assertThatThrownBy(() -> train(ON_A_GPU))
        .isInstanceOf(ModelFitException.class)
        .hasMessage(
            "the GPU has not enough memory to train m: lower its batchSize or embeddingDim (CUDA out"
                + " of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 22.05 GiB)");
  }

  @Test
  void soIsAMachineWithoutRoom() {
    assertThatThrownBy(() -> train(ON_A_CPU))
        .isInstanceOf(ModelFitException.class)
        .message()
        .startsWith("the machine has not enough memory to train m: lower its batchSize")
        .hasLineCount(1);
  }

  @Test
  void otherFaultsStayWhatTheyAre() {
    assertThatThrownBy(() -> train("CUDA error: device-side assert triggered"))
        .isInstanceOf(EngineException.class);
  }

  private static void train(String message) throws Exception {
    TrainingSettings settings = new TrainingSettings(1, 1, .1, WeightDecay.coupled(0), 1, 1, 60);
    FitContext context =
        new FitContext(
            "m", 1, DeviceChoice.CPU, false, 1, new MemoryFiles(), TrainingProgress.SILENT);
    TrainingStage.train(context, settings, "f", manager -> new Failing(message));
  }
}
