package io.towerbeam.ml.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class IdOrderTest {
  @Test
  void digitsCompareAsNumbersAndStandBeforeWords() {
    List<String> ids = new ArrayList<>(List.of("b", "10", "9", "007", "7", "a10", "a9", ""));
    ids.sort(IdOrder.INSTANCE);
    assertThat(ids).containsExactly("7", "007", "9", "10", "", "a10", "a9", "b");
  }

  @Test
  void numbersLongerThanALongCompareByValue() {
    assertThat(IdOrder.INSTANCE.compare("9".repeat(30), "1" + "0".repeat(30))).isNegative();
  }

  @Property
  void onlyEqualIdsCompareAsEqual(
      @ForAll @CharRange(from = '0', to = '9') @StringLength(max = 4) String a,
      @ForAll @CharRange(from = '0', to = '9') @StringLength(max = 4) String b) {
    assertThat(IdOrder.INSTANCE.compare(a, b) == 0).isEqualTo(a.equals(b));
    assertThat(Integer.signum(IdOrder.INSTANCE.compare(a, b)))
        .isEqualTo(-Integer.signum(IdOrder.INSTANCE.compare(b, a)));
  }
}
