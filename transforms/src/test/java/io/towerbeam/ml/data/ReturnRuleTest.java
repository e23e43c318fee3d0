package io.towerbeam.ml.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReturnRuleTest {
  private static final long DAY = 86_400;
  private static final ReturnRule RULE = new ReturnRule(30, 1, 2, new SplitRule(1, 2, 2));
  private static final String JUDGE = user(1);
  private static final String OTHER = user(2);

  /** A user of a fold of two. */
  private static String user(int fold) {
    return IntStream.range(0, 100)
        .mapToObj(user -> "u" + user)
        .filter(user -> RULE.foldOf(user) == fold)
        .findFirst()
        .orElseThrow();
  }

  /** Rows of a user: {@code "a 0"} is item a on day 0, {@code "a 0+5"} five seconds later. */
  private static List<String> rows(String user, String... itemsAndDays) {
    List<String> lines = new ArrayList<>();
    for (String row : itemsAndDays) {
      String[] parts = row.split("[ +]");
      long seconds = parts.length > 2 ? Long.parseLong(parts[2]) : 0;
      lines.add("%s %s %d".formatted(user, parts[0], Long.parseLong(parts[1]) * DAY + seconds));
    }
    return lines;
  }

  private static SplitRule.Sides split(ReturnRule rule, List<String> lines) {
    InteractionBlock block = Blocks.inShard(3, 7, lines.toArray(String[]::new));
    return rule.split(block, rule.trainItemCounts(block).keySet());
  }

  private static List<String> test(SplitRule.Sides sides) {
    return Blocks.lines(sides.test().stream().toList());
  }

  private static List<String> train(SplitRule.Sides sides) {
    return Blocks.lines(sides.train().stream().toList());
  }

  private static List<String> excluded(SplitRule.Sides sides, ExclusionReason reason) {
    return Blocks.lines(
        sides.excluded().stream().filter(block -> block.getExclusion() == reason).toList());
  }

  @Test
  void whatAUserTakesAfterTheGapIsTest() {
    List<String> before = rows(JUDGE, "a 0", "b 1");
    List<String> after = rows(JUDGE, "a 40", "b 41");
    SplitRule.Sides sides = split(RULE, concat(before, after));
    assertThat(train(sides)).isEqualTo(before);
    assertThat(test(sides)).isEqualTo(after);
    assertThat(sides.excluded()).isEmpty();
    assertThat(sides.test().orElseThrow().getShard()).isEqualTo(3);
    assertThat(sides.test().orElseThrow().getOffset()).isEqualTo(7);
  }

  @Test
  void aGapOfJustSoManyDaysIsNotEnough() {
    assertThat(test(split(RULE, rows(JUDGE, "a 0", "b 1", "a 31", "b 32")))).isEmpty();
    assertThat(test(split(RULE, rows(JUDGE, "a 0", "b 1", "a 31+1", "b 32")))).hasSize(2);
  }

  @Test
  void theCutIsAtTheFirstGapWithEnoughRowsBeforeAndAfter() {
    // day 40 has one row before it, day 200 one row after it; days 80 and 120 have enough
    List<String> lines = rows(JUDGE, "a 0", "b 40", "a 80", "b 120", "a 160", "b 200");
    assertThat(test(split(RULE, lines))).isEqualTo(lines.subList(2, 6));
    assertThat(test(split(RULE, rows(JUDGE, "a 0", "b 40", "a 41")))).isEmpty();
    assertThat(test(split(RULE, rows(JUDGE, "a 0", "b 1", "a 40")))).isEmpty();
  }

  @Test
  void aUserWithTooFewRowsForTrainDoesNotJudge() {
    List<String> lines = rows(JUDGE, "a 0", "b 1", "a 40", "b 41");
    ReturnRule rule = new ReturnRule(30, 1, 2, new SplitRule(3, 2, 2));
    assertThat(train(split(rule, lines))).isEqualTo(lines);
  }

  @Test
  void othersAreInTrainWhole() {
    List<String> otherFold = rows(OTHER, "a 0", "b 1", "c 40", "d 41");
    List<String> neverAway = rows("v", "e 0", "f 1", "g 2", "h 3");
    SplitRule.Sides sides = split(RULE, concat(otherFold, neverAway));
    assertThat(train(sides)).isEqualTo(concat(otherFold, neverAway));
    assertThat(sides.test()).isEmpty();
    assertThat(sides.excluded()).isEmpty();
  }

  @Test
  void returningUsersAreCountedInAllFoldsAndInTheOneThatJudges() {
    String[] returns = {"a 0", "b 1", "a 40", "b 41"};
    List<String> lines = concat(rows(JUDGE, returns), rows(OTHER, returns), rows("v", "a 0"));
    assertThat(split(RULE, lines).counts())
        .containsEntry("returning_users", 2L)
        .containsEntry("returning_users_in_fold", 1L)
        .containsEntry("test_users", 1L)
        .containsEntry("test_interactions", 2L)
        .containsEntry("train_users", 3L)
        .containsEntry("train_interactions", 7L);
  }

  @Test
  void rowsOfItemsThatTrainNoLongerHasAreExcluded() {
    List<String> lines =
        concat(
            rows(JUDGE, "a 0", "b 1", "x 40", "a 41", "c 42"), // x was the judge's alone
            rows(OTHER, "c 0"));
    SplitRule.Sides sides = split(RULE, lines);
    assertThat(excluded(sides, ExclusionReason.COLD_ITEM)).containsExactly(lines.get(2));
    assertThat(Blocks.lines(sides.coldItemTest().stream().toList())).containsExactly(lines.get(2));
    assertThat(test(sides)).isEqualTo(lines.subList(3, 5));
  }

  @Test
  void aUserWithTooFewRowsOfItemsOfTrainDoesNotJudge() {
    List<String> lines = rows(JUDGE, "a 0", "b 1", "x 40", "a 41");
    SplitRule.Sides sides = split(RULE, lines);
    assertThat(sides.test()).isEmpty();
    assertThat(sides.coldItemTest()).isEmpty();
    assertThat(excluded(sides, ExclusionReason.COLD_ITEM)).containsExactly(lines.get(2));
    assertThat(excluded(sides, ExclusionReason.LIGHT_TEST_USER)).containsExactly(lines.get(3));
    assertThat(sides.counts()).containsEntry("returning_users_in_fold", 1L);
  }

  @Test
  void itemsAreCountedInTrainAlone() {
    List<String> lines =
        concat(
            rows(JUDGE, "a 0", "b 1", "a 40", "c 41"), rows(OTHER, "a 0", "b 1", "a 40", "d 41"));
    assertThat(RULE.trainItemCounts(Blocks.of(lines.toArray(String[]::new))))
        .isEqualTo(Map.of("a", 3L, "b", 2L, "d", 1L));
  }

  @Test
  void anEmptyBlockHasNoSides() {
    SplitRule.Sides sides = RULE.split(Blocks.of(), Set.of("a"));
    assertThat(sides.train()).isEmpty();
    assertThat(sides.test()).isEmpty();
    assertThat(sides.counts()).containsEntry("returning_users", 0L);
  }

  @Test
  void foldsAreOfAboutTheSameSize() {
    ReturnRule quarters = new ReturnRule(30, 1, 4, SplitRule.published());
    int[] users = new int[5];
    for (int user = 0; user < 4_000; user++) {
      users[quarters.foldOf(String.valueOf(user))]++;
    }
    assertThat(users[0]).isZero();
    // four standard deviations of a binomial of 4,000 and 1/4 are 110
    assertThat(IntStream.rangeClosed(1, 4)).allMatch(fold -> Math.abs(users[fold] - 1_000) < 110);
  }

  @Test
  void whatIsNoFoldIsRefused() {
    assertRefused(0, 1, 2, "gapDays must be at least 1, not 0");
    assertRefused(30, 1, 1, "folds must be at least 2, not 1");
    assertRefused(30, 3, 2, "fold must be 1 to 2, not 3");
    assertRefused(30, 0, 2, "fold must be 1 to 2, not 0");
  }

  private static void assertRefused(int gapDays, int fold, int folds, String message) {
    assertThatThrownBy(() -> new ReturnRule(gapDays, fold, folds, SplitRule.published()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @SafeVarargs
  private static List<String> concat(List<String>... lines) {
    List<String> all = new ArrayList<>();
    for (List<String> some : lines) {
      all.addAll(some);
    }
    return all;
  }
}
