package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AsciiNumbersTest {

  @Property
  void aLongIsReadBack(@ForAll long value) {
    assertThat(whole(Long.toString(value)))
        .isEqualTo(value == Long.MIN_VALUE ? -Long.MAX_VALUE : value);
  }

  @Property
  void aFloatIsReadBack(@ForAll float value) {
    assertThat(real(Float.toString(value))).isEqualTo(value);
  }

  @Property
  void decimalsAreTheNearestFloat(
      @ForAll @IntRange(min = 0, max = 999_999_999) int digits,
      @ForAll @IntRange(min = 0, max = 9) int decimals) {
    String text = "%010d".formatted(digits);
    text = text.substring(0, 10 - decimals) + "." + text.substring(10 - decimals);

    assertThat(real(text)).isEqualTo(Float.parseFloat(text));
  }

  @Example
  void whatIsNoNumberIsRefused() {
    for (String text : new String[] {"", "-", "+", ".", "1.2.3", "1 ", " 1", "1f", "0x1p3", "é"}) {
      assertThatThrownBy(() -> real(text)).as(text).isInstanceOf(NumberFormatException.class);
    }
    for (String text : new String[] {"", "-", "+", "1.0", "1e3", "--1", " 1", "\u0661"}) {
      assertThatThrownBy(() -> whole(text)).as(text).isInstanceOf(NumberFormatException.class);
    }
  }

  @Example
  void aWholeNumberBeyondLongIsTheLargest() {
    assertThat(whole("9223372036854775808")).isEqualTo(Long.MAX_VALUE);
    assertThat(whole("-99999999999999999999999")).isEqualTo(-Long.MAX_VALUE);
  }

  private static long whole(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return AsciiNumbers.whole(bytes, 0, bytes.length);
  }

  private static float real(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return AsciiNumbers.real(bytes, 0, bytes.length);
  }
}
