package io.towerbeam.ml.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldoutTest {
  private static final SplitRule RULE = new SplitRule(1, 2, 2);
  private static final long THRESHOLD = 50;

  @Test
  void nothingHeldOutIsTheSameWhateverTheSeed() {
    assertThat(new Holdout(0, 42, false)).isEqualTo(Holdout.NONE);
    assertThat(new Holdout(0, 42, true)).isEqualTo(new Holdout(0, 43, true));
    assertThat(new Holdout(.1, 42, false)).isNotEqualTo(new Holdout(.1, 43, false));
  }

  @Test
  void theShareOfTheItemsIsHeldOutAndOthersWithAnotherSeed() {
    List<String> items = IntStream.range(0, 10_000).mapToObj(String::valueOf).toList();
    Holdout tenth = new Holdout(.1, 42, false);
    List<String> heldOut = items.stream().filter(tenth::has).toList();
    assertThat(heldOut).hasSizeBetween(900, 1100);
    Holdout other = new Holdout(.1, 43, false);
    assertThat(heldOut.stream().filter(other::has).count()).isLessThan(200);
    Holdout fifth = new Holdout(.2, 42, false);
    assertThat(heldOut).allMatch(fifth::has); // so that shares can be compared
  }

  @Test
  void withoutAShareNothingIsHeldOut() {
    assertThat(Holdout.NONE.has("1")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"-0.1", "1", "NaN"})
  void aShareThatIsNoneIsRefused(double share) {
    assertThatThrownBy(() -> new Holdout(share, 42, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("itemShare must be 0 to below 1, not " + share);
  }

  /** Rows of users and items by one number each: its digits are user, item and time. */
  @Property(tries = 300)
  void usersStayOnTheirSidesAndEveryRowIsOnOne(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 5 * 12 * 100 - 1) Integer> codes,
      @ForAll @DoubleRange(min = 0, max = .9) double share,
      @ForAll boolean leaveOut) {
    List<Integer> sorted = codes.stream().distinct().sorted().toList();
    String[] lines =
        sorted.stream()
            .map(code -> "u%d i%d %d".formatted(code / 1200, code % 1200 / 100, code % 100))
            .toArray(String[]::new);
    if (lines.length == 0) {
      return;
    }
    InteractionBlock block = Blocks.inShard(0, 0, lines);
    Set<String> trainItems = RULE.trainItemCounts(block, THRESHOLD).keySet();
    Holdout holdout = new Holdout(share, 42, leaveOut);
    SplitRule.Sides plain = RULE.split(block, THRESHOLD, trainItems);
    SplitRule.Sides held = RULE.split(block, THRESHOLD, trainItems, holdout);

    List<String> all = new ArrayList<>(lines(held.train()));
    all.addAll(lines(held.test()));
    held.excluded().forEach(part -> all.addAll(lines(Optional.of(part))));
    assertThat(all).containsExactlyInAnyOrder(lines);

    List<String> train = new ArrayList<>(lines(held.train()));
    train.addAll(excluded(held, ExclusionReason.HELD_OUT_ITEM));
    train.addAll(excluded(held, ExclusionReason.LEFT_OUT_USER));
    assertThat(train).containsExactlyInAnyOrderElementsOf(lines(plain.train()));

    Set<String> judged = new HashSet<>(lines(held.test()));
    judged.addAll(lines(held.coldItemTest()));
    Set<String> plainly = new HashSet<>(lines(plain.test()));
    plainly.addAll(lines(plain.coldItemTest()));
    assertThat(judged).isEqualTo(plainly);

    assertThat(Stream.of(held.train(), held.test()).flatMap(Optional::stream))
        .allSatisfy(side -> assertThat(side.getItemIds()).noneMatch(holdout::has));
    if (leaveOut) {
      assertThat(users(held.train())).noneMatch(users(plain.test())::contains);
    }
  }

  private static List<String> lines(Optional<InteractionBlock> block) {
    return Blocks.lines(block.stream().toList());
  }

  private static List<String> excluded(SplitRule.Sides sides, ExclusionReason reason) {
    return Blocks.lines(
        sides.excluded().stream().filter(block -> block.getExclusion() == reason).toList());
  }

  private static List<String> users(Optional<InteractionBlock> block) {
    return block.map(InteractionBlock::getUserIds).orElse(List.of());
  }
}
