package io.towerbeam.ml.data;

import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /**
   * A block's rows by side.
   *
   * @param coldItemTest of the excluded rows, those of test users with items that train does not
   *     know
   * @param counts by name, rows and users of each side
   */
  public record Sides(
      Optional<InteractionBlock> train,
      Optional<InteractionBlock> test,
      Optional<InteractionBlock> coldItemTest,
      List<InteractionBlock> excluded,
      Map<String, Long> counts) {}

  /** Train interactions by item id, of a block in which users stand whole. */
  public Map<String, Long> trainItemCounts(InteractionBlock block, long threshold) {
    InteractionColumns rows = InteractionColumns.of(block);
    return trainItemCounts(rows, sameForAll(rows, threshold));
  }

  /**
   * The same where each user's train rows end at another time.
   *
   * @param lastTrainTimes (users of the block) seconds since the epoch
   */
  Map<String, Long> trainItemCounts(InteractionColumns rows, long[] lastTrainTimes) {
    int[] trainRows = trainRowsPerUser(rows, lastTrainTimes);
    long[] counts = new long[rows.itemIds().size()];
    for (int row = 0; row < rows.rows(); row++) {
      int user = rows.users()[row];
      if (rows.times()[row] <= lastTrainTimes[user] && trainRows[user] >= minTrainInteractions) {
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
    return split(block, threshold, trainItems, Holdout.NONE);
  }

  /**
   * The same with something held out: users are on the sides where they would be without, rows of a
   * held-out item after the threshold are such of an item that train does not know.
   *
   * @param trainItems the items of train, those to be held out among them
   */
  public Sides split(
      InteractionBlock block, long threshold, Set<String> trainItems, Holdout holdout) {
    InteractionColumns rows = InteractionColumns.of(block);
    return split(block, rows, sameForAll(rows, threshold), trainItems, holdout);
  }

  /**
   * The same where each user's train rows end at another time.
   *
   * @param rows of the block
   * @param lastTrainTimes (users of the block) seconds since the epoch
   */
  Sides split(
      InteractionBlock block,
      InteractionColumns rows,
      long[] lastTrainTimes,
      Set<String> trainItems,
      Holdout holdout) {
    boolean[] isTrainItem = new boolean[rows.itemIds().size()];
    boolean[] isHeldOut = new boolean[isTrainItem.length];
    for (int item = 0; item < isTrainItem.length; item++) {
      isTrainItem[item] = trainItems.contains(rows.itemIds().get(item));
      isHeldOut[item] = holdout.has(rows.itemIds().get(item));
    }
    int[] trainRows = trainRowsPerUser(rows, lastTrainTimes);
    int[] testRows = testRowsPerUser(rows, lastTrainTimes, isTrainItem);
    SplitSides sides = new SplitSides(rows);
    for (int row = 0; row < rows.rows(); row++) {
      int user = rows.users()[row];
      int item = rows.items()[row];
      ExclusionReason ofUser = lateExclusion(trainRows[user], testRows[user]);
      boolean isTestUser = ofUser == null;
      if (rows.times()[row] > lastTrainTimes[user]) {
        boolean isCold = !isTrainItem[item] || isHeldOut[item];
        sides.addLate(row, isCold ? ExclusionReason.COLD_ITEM : ofUser, isTestUser);
      } else if (trainRows[user] < minTrainInteractions) {
        sides.addEarly(row, ExclusionReason.LIGHT_TRAIN_USER);
      } else if (isHeldOut[item]) {
        sides.addEarly(row, ExclusionReason.HELD_OUT_ITEM);
      } else {
        boolean isLeftOut = holdout.testUsers() && isTestUser;
        sides.addEarly(row, isLeftOut ? ExclusionReason.LEFT_OUT_USER : null);
      }
    }
    return sides.of(block);
  }

  /** Why a user's rows after the threshold are not in test, or null if they are. */
  private ExclusionReason lateExclusion(int trainRows, int testRows) {
    if (trainRows < minTrainInteractions) {
      return ExclusionReason.COLD_USER;
    } else if (trainRows < minUserTrainInteractions) {
      return ExclusionReason.LIGHT_TRAIN_USER;
    }
    return testRows < minTestInteractions ? ExclusionReason.LIGHT_TEST_USER : null;
  }

  private static long[] sameForAll(InteractionColumns rows, long threshold) {
    long[] lastTrainTimes = new long[rows.userIds().size()];
    Arrays.fill(lastTrainTimes, threshold);
    return lastTrainTimes;
  }

  private static int[] trainRowsPerUser(InteractionColumns rows, long[] lastTrainTimes) {
    int[] counts = new int[rows.userIds().size()];
    for (int row = 0; row < rows.rows(); row++) {
      int user = rows.users()[row];
      if (rows.times()[row] <= lastTrainTimes[user]) {
        counts[user]++;
      }
    }
    return counts;
  }

  private static int[] testRowsPerUser(
      InteractionColumns rows, long[] lastTrainTimes, boolean[] isTrainItem) {
    int[] counts = new int[rows.userIds().size()];
    for (int row = 0; row < rows.rows(); row++) {
      int user = rows.users()[row];
      if (rows.times()[row] > lastTrainTimes[user] && isTrainItem[rows.items()[row]]) {
        counts[user]++;
      }
    }
    return counts;
  }
}
