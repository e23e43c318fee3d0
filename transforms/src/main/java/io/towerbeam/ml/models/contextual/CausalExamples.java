package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.random.CounterRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Turns a user's interactions into examples as they are met when serving: a history, and what the
 * user took after it.
 *
 * <p>Where a user's history has gaps of more than a day, one of them is drawn: what was before it
 * is the history, what came after it and was not in the history are the targets, and the length of
 * the gap is the context. A user of one sitting gives a random part of it as history and the rest
 * as targets, in the context of the same day: within a sitting the order is that in which a page
 * listed the items rather than one of taste. A share of the examples of users with gaps is drawn
 * like that too, from a sitting and what was before it. Users who never took anything new offer no
 * example.
 *
 * <p>Holds some 10 bytes an interaction beside them. Not thread-safe.
 */
final class CausalExamples {
  private static final long SITTING_SECONDS = Duration.ofDays(1).toSeconds();

  private final InteractionMatrix interactions;
  private final long[] times;
  private final double sittingShare;

  /** Whether a row is the user's first of its item. */
  private final boolean[] isFirst;

  /** The users who offer an example. */
  private final int[] users;

  /**
   * @param times (interactions) seconds since the epoch, aligned with the interactions
   * @param sittingShare share of the examples of users with gaps that are cut within a sitting
   */
  CausalExamples(InteractionMatrix interactions, long[] times, double sittingShare) {
    this.interactions = interactions;
    this.times = times;
    this.sittingShare = sittingShare;
    isFirst = firsts(interactions);
    users =
        IntStream.range(0, interactions.userCount())
            .filter(user -> cuts(user).length + sittings(user).length > 0)
            .toArray();
  }

  private static boolean[] firsts(InteractionMatrix interactions) {
    boolean[] isFirst = new boolean[interactions.size()];
    int[] seenBy = new int[interactions.itemCount()];
    for (int user = 0; user < interactions.userCount(); user++) {
      for (int row = interactions.offsets()[user]; row < interactions.offsets()[user + 1]; row++) {
        int item = interactions.items()[row];
        isFirst[row] = seenBy[item] != user + 1;
        seenBy[item] = user + 1;
      }
    }
    return isFirst;
  }

  /** How many examples an epoch has: one for each user who offers one. */
  int size() {
    return users.length;
  }

  InteractionMatrix interactions() {
    return interactions;
  }

  /** (interactions) seconds since the epoch; not copied. */
  long[] times() {
    return times;
  }

  /**
   * An example of one user.
   *
   * @param history rows of the interactions, in the order of time; at least one
   * @param targets rows of other items than the history's, each item once; at least one
   * @param context how long the user was away between the two
   */
  record Example(int[] history, int[] targets, ContextBucket context) {}

  /** Draws an example of the user of number {@code index}. */
  Example draw(int index, CounterRandom random) {
    int user = users[index];
    int[] cuts = cuts(user);
    int[] sittings = sittings(user);
    boolean isWithinSitting = random.nextUnit() < sittingShare;
    if (cuts.length == 0 || isWithinSitting && sittings.length > 0) {
      return withinSitting(user, sittings[random.nextInt(sittings.length)], random);
    }
    int cut = cuts[random.nextInt(cuts.length)];
    return new Example(
        IntStream.range(interactions.offsets()[user], cut).toArray(),
        firstRows(cut, interactions.offsets()[user + 1]),
        ContextBucket.of(times[cut] - times[cut - 1]));
  }

  /** The rows before which the user was away for more than a day, and took new items since. */
  private int[] cuts(int user) {
    int last = lastFirstRow(user);
    return IntStream.rangeClosed(interactions.offsets()[user] + 1, last)
        .filter(this::beginsSitting)
        .toArray();
  }

  /** The first rows of the user's sittings in which at least two new items were taken. */
  private int[] sittings(int user) {
    int from = interactions.offsets()[user];
    int to = interactions.offsets()[user + 1];
    return IntStream.range(from, to)
        .filter(row -> row == from || beginsSitting(row))
        .filter(row -> firstRows(row, endOfSitting(row, to)).length > 1)
        .toArray();
  }

  /**
   * The last row in which the user took something new; before the user's rows if there are none.
   */
  private int lastFirstRow(int user) {
    int row = interactions.offsets()[user + 1] - 1;
    while (row >= interactions.offsets()[user] && !isFirst[row]) {
      row--;
    }
    return row;
  }

  /** Whether a row that is not its user's first came more than a day after the one before. */
  private boolean beginsSitting(int row) {
    return times[row] - times[row - 1] > SITTING_SECONDS;
  }

  private int endOfSitting(int row, int endOfUser) {
    int end = row + 1;
    while (end < endOfUser && !beginsSitting(end)) {
      end++;
    }
    return end;
  }

  /** The rows in which the user meets an item for the first time. */
  private int[] firstRows(int from, int to) {
    return IntStream.range(from, to).filter(row -> isFirst[row]).toArray();
  }

  /**
   * What was before a sitting and a random part of it, of a random size, as history, and the rest
   * of it as targets (Knuth's algorithm S).
   */
  private Example withinSitting(int user, int start, CounterRandom random) {
    int from = interactions.offsets()[user];
    int[] rows = firstRows(start, endOfSitting(start, interactions.offsets()[user + 1]));
    int chosen = 1 + random.nextInt(rows.length - 1);
    int[] history = Arrays.copyOf(IntStream.range(from, start).toArray(), start - from + chosen);
    int[] targets = new int[rows.length - chosen];
    int taken = 0;
    for (int i = 0; i < rows.length; i++) {
      if (random.nextInt(rows.length - i) < chosen - taken) {
        history[start - from + taken++] = rows[i];
      } else {
        targets[i - taken] = rows[i];
      }
    }
    return new Example(history, targets, ContextBucket.SAME_DAY);
  }
}
