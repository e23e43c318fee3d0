package io.towerbeam.ml.data;

import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which rows of a user go to which side of a warm split.
 *
 * @param minTrainInteractions rows a user needs up to the threshold to be in train
 * @param minUserTrainInteractions rows a user needs in train to be in test
 * @param minTestInteractions rows of train items a user needs after the threshold to be in test
 */
public record SplitRule(
    int minTrainInteractions, int minUserTrainInteractions, int minTestInteractions)
    implements Serializable {

  public SplitRule {
    requireAtLeastOne("minTrainInteractions", minTrainInteractions);
    requireAtLeastOne("minUserTrainInteractions", minUserTrainInteractions);
    requireAtLeastOne("minTestInteractions", minTestInteractions);
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }

  /** The rule of the published ml-1m results: 5, 15 and 10. */
  public static SplitRule published() {
    return new SplitRule(5, 15, 10);
  }

  /** A block's rows by side; the counts are by name, rows and users of each side. */
  public record Sides(
      Optional<InteractionBlock> train,
      Optional<InteractionBlock> test,
      List<InteractionBlock> excluded,
      Map<String, Long> counts) {}

  /** Train interactions by item id, of a block in which users stand whole. */
  public Map<String, Long> trainItemCounts(InteractionBlock block, long threshold) {
    InteractionColumns rows = InteractionColumns.of(block);
    int[] trainRows = rowsPerUser(rows, threshold);
    long[] counts = new long[rows.itemIds().size()];
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.times()[row] <= threshold && trainRows[rows.users()[row]] >= minTrainInteractions) {
        counts[rows.items()[row]]++;
      }
    }
    Map<String, Long> byId = new HashMap<>();
    for (int item = 0; item < counts.length; item++) {
      if (counts[item] > 0) {
        byId.put(rows.itemIds().get(item), counts[item]);
      }
    }
    return byId;
  }

  /** Splits a block in which users stand whole, by the threshold and the items of train. */
  public Sides split(InteractionBlock block, long threshold, Set<String> trainItems) {
    InteractionColumns rows = InteractionColumns.of(block);
    int[] trainRows = rowsPerUser(rows, threshold);
    boolean[] isTrainItem = new boolean[rows.itemIds().size()];
    for (int item = 0; item < isTrainItem.length; item++) {
      isTrainItem[item] = trainItems.contains(rows.itemIds().get(item));
    }
    int[] testRows = new int[trainRows.length];
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.times()[row] > threshold && isTrainItem[rows.items()[row]]) {
        testRows[rows.users()[row]]++;
      }
    }
    Collector collector = new Collector(rows);
    for (int row = 0; row < rows.rows(); row++) {
      int user = rows.users()[row];
      if (rows.times()[row] <= threshold) {
        collector.addEarly(row, trainRows[user] >= minTrainInteractions);
      } else {
        collector.addLate(
            row, lateExclusion(isTrainItem[rows.items()[row]], trainRows[user], testRows[user]));
      }
    }
    return collector.sides(block);
  }

  /** Why a row after the threshold is not in test, or null if it is. */
  private ExclusionReason lateExclusion(boolean isTrainItem, int trainRows, int testRows) {
    if (!isTrainItem) {
      return ExclusionReason.COLD_ITEM;
    } else if (trainRows < minTrainInteractions) {
      return ExclusionReason.COLD_USER;
    } else if (trainRows < minUserTrainInteractions) {
      return ExclusionReason.LIGHT_TRAIN_USER;
    }
    return testRows < minTestInteractions ? ExclusionReason.LIGHT_TEST_USER : null;
  }

  private static int[] rowsPerUser(InteractionColumns rows, long upTo) {
    int[] counts = new int[rows.userIds().size()];
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.times()[row] <= upTo) {
        counts[rows.users()[row]]++;
      }
    }
    return counts;
  }

  /** Sorts rows into the sides' builders. */
  private static final class Collector {
    private final InteractionColumns rows;
    private final Side train = new Side("train");
    private final Side test = new Side("test");
    private final Map<ExclusionReason, Side> excluded = new EnumMap<>(ExclusionReason.class);

    Collector(InteractionColumns rows) {
      this.rows = rows;
    }

    void addEarly(int row, boolean isTrain) {
      (isTrain ? train : excluded(ExclusionReason.LIGHT_TRAIN_USER)).add(rows, row);
    }

    void addLate(int row, ExclusionReason reason) {
      (reason == null ? test : excluded(reason)).add(rows, row);
    }

    private Side excluded(ExclusionReason reason) {
      return excluded.computeIfAbsent(
          reason, r -> new Side("excluded_" + r.name().toLowerCase(Locale.ROOT)));
    }

    Sides sides(InteractionBlock block) {
      Map<String, Long> counts = new TreeMap<>();
      train.countInto(counts);
      test.countInto(counts);
      List<InteractionBlock> excludedBlocks = new ArrayList<>();
      excluded.forEach(
          (reason, side) -> {
            side.countInto(counts);
            side.build(block, reason).ifPresent(excludedBlocks::add);
          });
      return new Sides(train.build(block, null), test.build(block, null), excludedBlocks, counts);
    }
  }

  /** Rows of one side; users arrive one after the other. */
  private static final class Side {
    private final String name;
    private final InteractionColumns.Builder builder = InteractionColumns.builder();
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
