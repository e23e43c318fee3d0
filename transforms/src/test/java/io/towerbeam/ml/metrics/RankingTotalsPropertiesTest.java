package io.towerbeam.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RankingTotalsPropertiesTest {
  private static final List<Integer> CUTOFFS = List.of(1, 2, 5);

  @Property
  void theOrderAndTheGroupingOfUsersLeaveNoTrace(
      @ForAll @IntRange(min = 1, max = 60) int users,
      @ForAll @IntRange(min = 1, max = 7) int parts,
      @ForAll long seed) {
    List<List<String>> lists = new ArrayList<>();
    Random random = new Random(seed);
    for (int user = 0; user < users; user++) {
      List<String> items = new ArrayList<>(Hits.items(30));
      Collections.shuffle(items, random);
      lists.add(items.subList(0, random.nextInt(12)));
    }
    Set<String> relevant = Set.copyOf(Hits.items(7));
    RankingTotals whole = RankingTotals.empty(CUTOFFS);
    lists.forEach(list -> whole.add(Hits.list(list, relevant)));

    Collections.shuffle(lists, random);
    List<RankingTotals> partial = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      partial.add(RankingTotals.empty(CUTOFFS));
    }
    for (List<String> list : lists) {
      partial.get(random.nextInt(parts)).add(Hits.list(list, relevant));
    }
    RankingTotals merged = RankingTotals.empty(CUTOFFS);
    partial.forEach(merged::merge);

    assertThat(merged.metrics(30)).isEqualTo(whole.metrics(30));
  }
}
