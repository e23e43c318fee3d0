package io.towerbeam.transforms.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void noFormulaIsLeft(String text) {
    assertThat(SheetText.of(text)).isEqualTo("'" + text);
  }

  @Test
  void otherTextStaysAsItIs() {
    assertThat(SheetText.of("two-tower=1")).isEqualTo("two-tower=1");
    assertThat(SheetText.of("")).isEmpty();
  }
}
