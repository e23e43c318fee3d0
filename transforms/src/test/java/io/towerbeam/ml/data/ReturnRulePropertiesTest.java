package io.towerbeam.ml.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.schemas.InteractionBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ReturnRulePropertiesTest {
  private static final long GAP = 30 * 86_400;

  /** A row of a block. */
  private record Row(String user, String item, long time) {
    static List<Row> of(Stream<InteractionBlock> blocks) {
      return Blocks.lines(blocks.toList()).stream()
          .map(line -> line.split(" "))
          .map(fields -> new Row(fields[0], fields[1], Long.parseLong(fields[2])))
          .toList();
    }
  }

  /** Up to eight users with up to fifteen rows each; about every third is after a long while. */
  private static InteractionBlock log(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>();
    for (int user = 1 + random.nextInt(8); user > 0; user--) {
      long time = random.nextInt(1_000_000);
      for (int row = 1 + random.nextInt(15); row > 0; row--) {
        lines.add("u%d %d %d".formatted(user, random.nextInt(12), time));
        time += random.nextInt(3) == 0 ? GAP - 3 + random.nextInt(8) : random.nextInt(5);
      }
    }
    return Blocks.of(lines.toArray(String[]::new));
  }

  private static Map<String, List<Row>> byUser(List<Row> rows) {
    Map<String, List<Row>> byUser = new LinkedHashMap<>();
    rows.forEach(row -> byUser.computeIfAbsent(row.user(), user -> new ArrayList<>()).add(row));
    return byUser;
  }

  /** How many of a user's rows are before the cut: all, if there is none. */
  private static int beforeCut(List<Row> rows, int minBefore, int minAfter) {
    for (int before = 1; before < rows.size(); before++) {
      boolean isLong = rows.get(before).time() - rows.get(before - 1).time() > GAP;
      if (isLong && before >= minBefore && rows.size() - before >= minAfter) {
        return before;
      }
    }
    return rows.size();
  }

  @Property
  void everyRowIsOnOneSideAndTestIsWhatReturningUsersOfTheFoldTookAfterTheirCut(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int minBefore,
      @ForAll @IntRange(min = 1, max = 4) int minAfter,
      @ForAll @IntRange(min = 1, max = 3) int fold) {
    InteractionBlock block = log(seed);
    ReturnRule rule = new ReturnRule(30, fold, 3, new SplitRule(1, minBefore, minAfter));
    Map<String, Long> itemCounts = rule.trainItemCounts(block);
    SplitRule.Sides sides = rule.split(block, itemCounts.keySet());
    List<Row> train = Row.of(sides.train().stream());
    List<Row> test = Row.of(sides.test().stream());
    List<Row> excluded = Row.of(sides.excluded().stream());

    Map<String, List<Row>> whole = byUser(Row.of(Stream.of(block)));
    assertThat(Stream.of(train, test, excluded).flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(
            whole.values().stream().flatMap(List::stream).toList());

    List<Row> before = new ArrayList<>();
    List<Row> after = new ArrayList<>();
    whole.forEach(
        (user, rows) -> {
          boolean isOfFold = rule.foldOf(user) == fold;
          int cut = isOfFold ? beforeCut(rows, minBefore, minAfter) : rows.size();
          before.addAll(rows.subList(0, cut));
          after.addAll(rows.subList(cut, rows.size()));
        });
    assertThat(train).isEqualTo(before);
    assertThat(after).containsAll(test);
    assertThat(itemCounts.keySet())
        .containsExactlyInAnyOrderElementsOf(train.stream().map(Row::item).distinct().toList());
    assertThat(test).allMatch(row -> itemCounts.containsKey(row.item()));
    assertThat(byUser(test).values()).allMatch(rows -> rows.size() >= minAfter);
    assertThat(sides.counts()).containsEntry("test_users", (long) byUser(test).size());
  }
}
