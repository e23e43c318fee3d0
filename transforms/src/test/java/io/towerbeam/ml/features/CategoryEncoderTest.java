package io.towerbeam.ml.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CategoryEncoderTest {
  private static final CategoryEncoder ENCODER =
      CategoryEncoder.fit(
          List.of(List.of("War", "Drama"), List.of("Comedy"), List.of("Drama"), List.of()));

  @Test
  void categoriesAreSortedAndDistinct() {
    assertThat(ENCODER.categories()).containsExactly("Comedy", "Drama", "War");
  }

  @Test
  void twoCategoriesShareALengthOfOne() {
    assertThat(ENCODER.encode(List.of("War", "Comedy")))
        .containsExactly(new float[] {.70710678f, 0, .70710678f}, within(1e-7f));
  }

  @Test
  void aRepeatedCategoryCountsOnce() {
    assertThat(ENCODER.encode(List.of("War", "War"))).containsExactly(0, 0, 1);
  }

  @Test
  void anUnknownCategoryIsIgnored() {
    assertThat(ENCODER.encode(List.of("Opera", "Drama"))).containsExactly(0, 1, 0);
    assertThat(ENCODER.encode(List.of("Opera"))).containsExactly(0, 0, 0);
  }

  @Test
  void noCategoriesGiveZeros() {
    assertThat(ENCODER.encode(List.of())).containsExactly(0, 0, 0);
  }

  @Test
  void theAbsenceOfGenresIsNoGenre() {
    List<List<String>> items = List.of(List.of("(no genres listed)"), List.of(""), List.of("War"));
    assertThat(CategoryEncoder.fit(items).categories()).containsExactly("War");
  }

  @Property
  void everyRowHasLengthOneOrZero(@ForAll @Size(max = 6) List<@IntRange(max = 4) Integer> choices) {
    List<String> names = List.of("Comedy", "Drama", "War", "Opera", "Western");
    List<String> chosen = choices.stream().map(names::get).toList();
    double squares = 0;
    for (float value : ENCODER.encode(chosen)) {
      squares += value * value;
    }
    boolean known = chosen.stream().anyMatch(ENCODER.categories()::contains);
    assertThat(squares).isCloseTo(known ? 1 : 0, within(1e-6));
  }
}
