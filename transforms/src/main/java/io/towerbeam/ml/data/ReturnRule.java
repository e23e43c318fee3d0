package io.towerbeam.ml.data;

import io.towerbeam.ml.random.CounterRandom;
import io.towerbeam.schemas.InteractionBlock;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which users come back after a long while, and which of their rows models are judged by.
 *
 * <p>A user returns if two rows that follow each other in time lie more than {@code gapDays} apart,
 * with as many rows before as train and test ask for and as many after as test asks for. The cut is
 * at the first such gap. Every returning user is in one of {@code folds} folds, by a hash of the id
 * that no seed changes; folds are of even size only in expectation. Users of {@code fold} have
 * their rows after the cut taken from train; all others are in train whole.
 *
 * @param gapDays days of 24 hours without a row that are not yet enough, at least 1
 * @param fold the fold that judges, 1 to {@code folds}
 * @param folds how many there are, at least 2
 * @param counts the least counts
 */
public record ReturnRule(int gapDays, int fold, int folds, SplitRule counts)
    implements Serializable {
  /** The count of users who return, in all folds. */
  public static final String RETURNING_USERS = "returning_users";

  /**
   * The count of those in the fold that judges. They are test users unless too few of their rows
   * have an item that train still has.
   */
  public static final String RETURNING_USERS_IN_FOLD = "returning_users_in_fold";

  /** The same in every run, so that folds are too. */
  private static final long NO_SEED = 0;

  /** What random numbers are for: their first coordinate. */
  private static final long FOR_FOLDS = 5;

  public ReturnRule {
    if (gapDays < 1) {
      throw new IllegalArgumentException("gapDays must be at least 1, not " + gapDays);
    }
    if (folds < 2) {
      throw new IllegalArgumentException("folds must be at least 2, not " + folds);
    }
    if (fold < 1 || fold > folds) {
      throw new IllegalArgumentException("fold must be 1 to %d, not %d".formatted(folds, fold));
    }
  }

  /** The fold of a user, 1 to {@code folds}. */
  public int foldOf(String userId) {
    return 1 + CounterRandom.ofId(NO_SEED, FOR_FOLDS, userId).nextInt(folds);
  }

  /**
   * Train interactions by item id.
   *
   * @param block users whole, their rows in the order of time
   */
  public Map<String, Long> trainItemCounts(InteractionBlock block) {
    InteractionColumns rows = InteractionColumns.of(block);
    return counts.trainItemCounts(rows, Cuts.of(rows, this).lastTrainTimes);
  }

  /**
   * Splits a block.
   *
   * @param block users whole, their rows in the order of time
   * @param trainItems the items of train
   */
  public SplitRule.Sides split(InteractionBlock block, Set<String> trainItems) {
    InteractionColumns rows = InteractionColumns.of(block);
    Cuts cuts = Cuts.of(rows, this);
    SplitRule.Sides sides =
        counts.split(block, rows, cuts.lastTrainTimes, trainItems, Holdout.NONE);
    Map<String, Long> counted = new TreeMap<>(sides.counts());
    counted.put(RETURNING_USERS, cuts.returning);
    counted.put(RETURNING_USERS_IN_FOLD, cuts.inFold);
    return new SplitRule.Sides(
        sides.train(), sides.test(), sides.coldItemTest(), sides.excluded(), counted);
  }

  /**
   * The first row after the cut of a user whose rows are {@code from} to {@code to} − 1; {@code to}
   * if the user does not return.
   */
  private int cut(long[] times, int from, int to) {
    long gap = Duration.ofDays(gapDays).toSeconds();
    // a user with fewer would not be in train, and so could not judge
    int before = Math.max(counts.minTrainInteractions(), counts.minUserTrainInteractions());
    for (int row = from + before; row <= to - counts.minTestInteractions(); row++) {
      if (times[row] - times[row - 1] > gap) {
        return row;
      }
    }
    return to;
  }

  /** Until when each user of a block is in train. */
  private static final class Cuts {
    private final long[] lastTrainTimes;
    private long returning;
    private long inFold;

    private Cuts(int users) {
      lastTrainTimes = new long[users];
      Arrays.fill(lastTrainTimes, Long.MAX_VALUE);
    }

    static Cuts of(InteractionColumns rows, ReturnRule rule) {
      Cuts cuts = new Cuts(rows.userIds().size());
      int from = 0;
      while (from < rows.rows()) {
        int to = from + 1;
        while (to < rows.rows() && rows.users()[to] == rows.users()[from]) {
          to++;
        }
        int cut = rule.cut(rows.times(), from, to);
        if (cut < to) {
          boolean judges = rule.foldOf(rows.userId(from)) == rule.fold();
          cuts.add(rows.users()[from], rows.times()[cut - 1], judges);
        }
        from = to;
      }
      return cuts;
    }

    private void add(int user, long lastTime, boolean judges) {
      returning++;
      if (judges) {
        inFold++;
        lastTrainTimes[user] = lastTime;
      }
    }
  }
}
