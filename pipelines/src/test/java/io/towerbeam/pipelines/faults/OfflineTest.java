package io.towerbeam.pipelines.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.pipelines.spi.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings without a network, with and without the native libraries on the class path. */
class OfflineTest {
  /** Gives the process after it a network name space of its own, in which there is no network. */
  private static final List<String> WITHOUT_NETWORK = List.of("unshare", "--net");

  @TempDir Path temp;

  @Test
  void aTrainingNeedsNoNetwork() throws Exception {
    assumeTrue(canTakeAwayTheNetwork(), "this user may not start a process without a network");
    OtherProcess.Ended ended = train(WITHOUT_NETWORK, jar -> true);
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(ExitCode.DONE);
    assertThat(temp.resolve("out/runs/r/_SUCCESS")).exists();
  }

  @Test
  void missingNativeLibrariesAreToldInALineThatSaysWhatToAdd() throws Exception {
    OtherProcess.Ended ended =
        train(List.of(), entry -> !Path.of(entry).getFileName().toString().contains("native-cpu"));
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.errorLines()).hasSize(1);
    assertThat(ended.errorLines().get(0))
        .contains(
            "PyTorch's native library cannot be loaded: add ai.djl.pytorch:pytorch-native-cpu")
        .contains("of version 2.5.1");
    assertThat(ended.output()).doesNotContain("\tat ");
    assertThat(temp.resolve("out/runs/r/_SUCCESS")).doesNotExist();
  }

  private OtherProcess.Ended train(List<String> prefix, Predicate<String> classPath)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("train", "--model=two-tower-hybrid"));
    words.addAll(MicroSample.in(temp.resolve("data")).options());
    words.addAll(List.of("--output=" + temp.resolve("out"), "--runId=r"));
    words.add("--modelParameters=two-tower-hybrid.epochs=1");
    // an empty cache, so that no library that was unpacked before is found
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("env", "DJL_CACHE_DIR=" + temp.resolve("cache")));
    return OtherProcess.start(temp.resolve("said.txt"), command, classPath, words).end();
  }

  private boolean canTakeAwayTheNetwork() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(WITHOUT_NETWORK);
    words.add("true");
    try {
      return new ProcessBuilder(words).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such command here
    }
  }
}
