package io.towerbeam.templates.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativesTest {
  @ParameterizedTest
  @CsvSource({
    "/m2/pytorch-native-cpu-2.5.1-linux-x86_64.jar, true",
    "pytorch-native-cu124-2.5.1-linux-x86_64.jar, true",
    "torch.jar=/m2/pytorch-native-cpu-2.5.1-linux-x86_64.jar, true",
    "C:\\m2\\pytorch-native-cpu-2.5.1-win-x86_64.jar, true",
    "/m2/pytorch-jni-2.5.1-0.33.0.jar, false",
    "/m2/pytorch-native-cpu/2.5.1/readme.jar, false",
    "/work/pytorch-native-notes/classes, false"
  })
  void onlyTheBuildsOfLibtorchAreNatives(String file, boolean isOne) {
    assertThat(Natives.isOne(file)).isEqualTo(isOne);
  }
}
