package io.towerbeam.ml.data;

import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sorts the rows of a block into the blocks of a split's sides. Not thread-safe. */
final class SplitSides {
  private final InteractionColumns rows;
  private final Side train = new Side("train");
  private final Side test = new Side("test");
  private final Side coldItemTest = new Side("cold_item_test");
  private final Map<ExclusionReason, Side> excluded = new EnumMap<>(ExclusionReason.class);

  SplitSides(InteractionColumns rows) {
    this.rows = rows;
  }

  /**
   * Adds a row up to the threshold.
   *
   * @param reason why it is not in train, or null if it is
   */
  void addEarly(int row, ExclusionReason reason) {
    (reason == null ? train : excluded(reason)).add(rows, row);
  }

  /**
   * Adds a row after the threshold.
   *
   * @param reason why it is not in test, or null if it is
   */
  void addLate(int row, ExclusionReason reason, boolean isOfTestUser) {
    (reason == null ? test : excluded(reason)).add(rows, row);
    if (reason == ExclusionReason.COLD_ITEM && isOfTestUser) {
      coldItemTest.add(rows, row);
    }
  }

  private Side excluded(ExclusionReason reason) {
    return excluded.computeIfAbsent(
        reason, r -> new Side("excluded_" + r.name().toLowerCase(Locale.ROOT)));
  }

  /** All that was added, in the place of {@code block}. */
  SplitRule.Sides of(InteractionBlock block) {
    Map<String, Long> counts = new TreeMap<>();
    List.of(train, test, coldItemTest).forEach(side -> side.countInto(counts));
    List<InteractionBlock> excludedBlocks = new ArrayList<>();
    excluded.forEach(
        (reason, side) -> {
          side.countInto(counts);
          side.build(block, reason).ifPresent(excludedBlocks::add);
        });
    return new SplitRule.Sides(
        train.build(block, null),
        test.build(block, null),
        coldItemTest.build(block, ExclusionReason.COLD_ITEM),
        excludedBlocks,
        counts);
  }

  /** Rows of one side; users arrive one after the other. */
  private static final class Side {
    private final String name;
    private final BlockBuilder builder = new BlockBuilder();
    private int lastUser = -1;
    private long users;

    Side(String name) {
      this.name = name;
    }

    void add(InteractionColumns rows, int row) {
      builder.add(rows, row);
      if (rows.users()[row] != lastUser) {
        lastUser = rows.users()[row];
        users++;
      }
    }

    void countInto(Map<String, Long> counts) {
      counts.put(name + "_interactions", (long) builder.rows());
      counts.put(name + "_users", users);
    }

    Optional<InteractionBlock> build(InteractionBlock block, ExclusionReason reason) {
      return builder.rows() == 0
          ? Optional.empty()
          : Optional.of(builder.build("", block.getOffset(), block.getShard(), reason));
    }
  }
}
