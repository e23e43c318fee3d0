package io.towerbeam.ml.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SplitRuleTest {
  private static final SplitRule RULE = new SplitRule(1, 2, 2);

  private static SplitRule.Sides split(String... lines) {
    return RULE.split(Blocks.inShard(3, 7, lines), 100, Set.of("a", "b", "c"));
  }

  private static List<String> excluded(SplitRule.Sides sides, ExclusionReason reason) {
    return Blocks.lines(
        sides.excluded().stream().filter(block -> block.getExclusion() == reason).toList());
  }

  @Test
  void theThresholdItselfIsTrain() {
    SplitRule.Sides sides = split("u a 99", "u b 100", "u a 101", "u c 102");
    assertThat(Blocks.lines(sides.train().stream().toList())).containsExactly("u a 99", "u b 100");
    assertThat(Blocks.lines(sides.test().stream().toList())).containsExactly("u a 101", "u c 102");
    assertThat(sides.excluded()).isEmpty();
  }

  @Test
  void sidesKeepTheirPlaceInTheShard() {
    InteractionBlock train = split("u a 1", "u b 2").train().orElseThrow();
    assertThat(train.getShard()).isEqualTo(3);
    assertThat(train.getOffset()).isEqualTo(7);
  }

  @Test
  void everyRowThatIsOnNoSideHasItsReason() {
    SplitRule.Sides sides =
        split(
            "new a 101", // never seen before
            "once a 50",
            "once b 101", // too little known
            "once c 102",
            "twice a 50",
            "twice b 51",
            "twice x 101", // an item that train does not have
            "twice c 102"); // and then too few are left
    assertThat(excluded(sides, ExclusionReason.COLD_USER)).containsExactly("new a 101");
    assertThat(excluded(sides, ExclusionReason.LIGHT_TRAIN_USER))
        .containsExactly("once b 101", "once c 102");
    assertThat(excluded(sides, ExclusionReason.COLD_ITEM)).containsExactly("twice x 101");
    assertThat(excluded(sides, ExclusionReason.LIGHT_TEST_USER)).containsExactly("twice c 102");
    assertThat(sides.test()).isEmpty();
    assertThat(sides.counts())
        .containsEntry("train_interactions", 3L)
        .containsEntry("train_users", 2L)
        .containsEntry("excluded_light_train_user_interactions", 2L)
        .containsEntry("excluded_light_train_user_users", 1L);
  }

  @Test
  void trainRowsOfUsersWithTooFewAreExcluded() {
    SplitRule.Sides sides = new SplitRule(2, 2, 1).split(Blocks.of("u a 1"), 100, Set.of("a"));
    assertThat(sides.train()).isEmpty();
    assertThat(excluded(sides, ExclusionReason.LIGHT_TRAIN_USER)).containsExactly("u a 1");
  }

  @Test
  void itemsAreCountedInTrainAlone() {
    assertThat(
            new SplitRule(2, 2, 2)
                .trainItemCounts(Blocks.of("u a 1", "u a 2", "u b 101", "v c 1"), 100))
        .isEqualTo(Map.of("a", 2L));
  }

  @Test
  void leastCountsBelowOneAreRefused() {
    assertThatThrownBy(() -> new SplitRule(5, 0, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minUserTrainInteractions must be at least 1, not 0");
  }
}
