package io.towerbeam.ml.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.models.ModelParameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
  private static final ModelParameter LAMBDA =
      ModelParameter.real("lambda", 500, 0, 1e9, "").searchedByMagnitude(1, 1e6);
  private static final ModelParameter FACTORS = ModelParameter.integer("factors", 8, 1, 512, "");
  private static final ModelParameter LOSS =
      ModelParameter.choice("loss", "bce", List.of("bce", "bpr"), "");
  private static final ModelParameter FLAG = ModelParameter.flag("cosine", false, "");
  private static final Map<String, Object> BASE =
      Map.of("lambda", 500., "factors", 8L, "loss", "bce", "cosine", false);

  private static SearchSpace space(Dimension... dimensions) {
    return new SearchSpace(BASE, List.of(dimensions));
  }

  private static List<Object> valuesOf(String name, List<Map<String, Object>> trials) {
    return trials.stream().map(trial -> trial.get(name)).toList();
  }

  @Test
  void trialZeroIsTheBaseAndTheOthersKeepWhatIsNotSearched() {
    List<Map<String, Object>> trials = space(Dimension.parse(FACTORS, "1..512")).random(42, 10);
    assertThat(trials).hasSize(10);
    assertThat(trials.get(0)).isEqualTo(BASE);
    assertThat(valuesOf("lambda", trials)).containsOnly(500.);
  }

  @Property
  void theSameSeedDrawsTheSameTrialsAndALongerSearchBeginsWithThem(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int trials) {
    SearchSpace space = space(Dimension.declared(LAMBDA), Dimension.parse(FACTORS, "1..512"));
    List<Map<String, Object>> some = space.random(seed, trials);
    assertThat(some).hasSize(trials).doesNotHaveDuplicates();
    assertThat(space.random(seed, 31).subList(0, trials)).isEqualTo(some);
  }

  @Property
  void drawnNumbersLieInTheirRangeAndAreReadBackAsTheSameNumber(@ForAll long seed) {
    SearchSpace space =
        space(Dimension.parse(LAMBDA, "1000.00049..1000001"), Dimension.parse(FACTORS, "3..5:log"));
    for (Map<String, Object> trial : space.random(seed, 10).subList(1, 10)) {
      assertThat((Double) trial.get("lambda")).isBetween(1000.00049, 1000001.);
      assertThat(LAMBDA.parse(trial.get("lambda").toString())).isEqualTo(trial.get("lambda"));
      assertThat((Long) trial.get("factors")).isBetween(3L, 5L);
    }
  }

  @Test
  void anotherSeedDrawsOtherTrials() {
    SearchSpace space = space(Dimension.declared(LAMBDA));
    assertThat(space.random(1, 5)).isNotEqualTo(space.random(2, 5));
  }

  @Test
  void aRangeIsDrawnEvenlyOrByMagnitude() {
    ModelParameter even = ModelParameter.real("lambda", 500, 0, 1e9, "");
    assertThat(shareBelowThousand(Dimension.parse(even, "1..1000000"))).isLessThan(.01);
    assertThat(shareBelowThousand(Dimension.parse(even, "1..1000000:log"))).isBetween(.45, .55);
    assertThat(shareBelowThousand(Dimension.parse(LAMBDA, "1..1000000"))).isBetween(.45, .55);
  }

  private static double shareBelowThousand(Dimension dimension) {
    List<Object> drawn = valuesOf("lambda", space(dimension).random(42, 2001));
    return drawn.stream().skip(1).filter(value -> (Double) value < 1000).count() / 2000.;
  }

  @Test
  void aSpaceWithoutMoreToGiveEndsTheSearch() {
    SearchSpace space = space(Dimension.parse(FACTORS, "8..10"), Dimension.parse(LOSS, "bce|bpr"));
    assertThat(space.random(42, 1000)).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void aGridHasBothEndsAndChangesTheLastParameterFastest() {
    SearchSpace space =
        space(Dimension.parse(LAMBDA, "1..100"), Dimension.parse(FLAG, "true|false"));
    List<Map<String, Object>> trials = space.grid(3, 1000);
    assertThat(space.gridSize(3)).isEqualTo(6);
    assertThat(valuesOf("lambda", trials)).containsExactly(500., 1., 1., 10., 10., 100., 100.);
    assertThat(valuesOf("cosine", trials))
        .containsExactly(false, true, false, true, false, true, false);
    assertThat(space.grid(3, 3)).isEqualTo(trials.subList(0, 3));
  }

  @Test
  void aGridDoesNotTryTheBaseTwiceNorWholeNumbersThatAreEqual() {
    assertThat(valuesOf("factors", space(Dimension.parse(FACTORS, "7..9")).grid(50, 1000)))
        .containsExactly(8L, 7L, 9L);
  }

  @Test
  void anEndlessGridIsCountedWithoutOverflow() {
    Dimension[] many = new Dimension[8];
    Arrays.fill(many, Dimension.declared(LAMBDA));
    assertThat(space(many).gridSize(1000)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatAParameterIsNotIsRefusedWithWhatItIs() {
    assertThatThrownBy(() -> Dimension.parse(FACTORS, "1..1000"))
        .hasMessage("factors=1000: give a whole number from 1 to 512");
    assertThatThrownBy(() -> Dimension.parse(FACTORS, "8|many")).hasMessageContaining("=many");
    assertThatThrownBy(() -> Dimension.parse(FACTORS, "9..8"))
        .hasMessage("factors=9..8: give the lower end first");
    assertThatThrownBy(() -> Dimension.parse(LAMBDA, "0..1")).hasMessageContaining("above 0");
    assertThatThrownBy(() -> Dimension.parse(LOSS, "bce|mse"))
        .hasMessage("loss=mse: give one of bce, bpr");
    assertThatThrownBy(() -> Dimension.declared(FACTORS)).hasMessageContaining("no range");
  }
}
