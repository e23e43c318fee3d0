package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.DataCheckOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.schemas.DataStatistics;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What speaks against fitting models on data, given what they are like: a line per check that they
 * fail, with the number and what is allowed.
 *
 * @param maxDaysOld null if the last interaction may be of any age
 * @param maxItemDrift null if any drift will do, as it does where there is no earlier run
 * @param maxActivityDrift the same of users
 * @param started when the run was claimed, ISO 8601
 */
record DataChecks(
    long minInteractions,
    long minUsers,
    long minItems,
    double minDays,
    @Nullable Double maxDaysOld,
    double maxDuplicateFraction,
    double maxUnknownItemFraction,
    @Nullable Double maxItemDrift,
    @Nullable Double maxActivityDrift,
    String started)
    implements SerializableFunction<DataStatistics, List<String>> {
  private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

  /** Where nothing is fitted, whatever can be judged will do. */
  static final DataChecks NONE =
      new DataChecks(0, 0, 0, 0, null, 1, 1, null, null, Instant.EPOCH.toString());

  static <O extends DataCheckOptions & WorkflowOptions> DataChecks of(O options) {
    return new DataChecks(
        options.getMinInteractions(),
        options.getMinUsers(),
        options.getMinItems(),
        options.getMinDays(),
        options.getMaxDaysOld(),
        options.getMaxDuplicateFraction(),
        options.getMaxUnknownItemFraction(),
        options.getMaxItemDrift(),
        options.getMaxActivityDrift(),
        options.getStartTime());
  }

  @Override
  public List<String> apply(DataStatistics data) {
    Reasons reasons = new Reasons(new ArrayList<>());
    reasons.addIfFewer(
        "interactions", data.getInteractions(), "--minInteractions", minInteractions);
    reasons.addIfFewer("users", data.getUsers(), "--minUsers", minUsers);
    reasons.addIfFewer("items", data.getItems(), "--minItems", minItems);
    if (data.getInteractions() > 0) {
      addTimes(data, reasons);
    }
    long given = data.getInteractions() + data.getDuplicates();
    reasons.addIfMore(
        "duplicates", data.getDuplicates(), given, "--maxDuplicateFraction", maxDuplicateFraction);
    reasons.addIfMore(
        "interactions with an item that the catalogue lacks",
        data.getInteractionsWithUnknownItem(),
        data.getInteractionsRead() - data.getInteractionsBelowMinRating(),
        "--maxUnknownItemFraction",
        maxUnknownItemFraction);
    reasons.addIfFarther("items", data.getItemDrift(), data, "--maxItemDrift", maxItemDrift);
    reasons.addIfFarther(
        "users", data.getActivityDrift(), data, "--maxActivityDrift", maxActivityDrift);
    return reasons.lines();
  }

  private void addTimes(DataStatistics data, Reasons reasons) {
    Instant first = Instant.ofEpochSecond(data.getFirstTime());
    Instant last = Instant.ofEpochSecond(data.getLastTime());
    double days = Duration.between(first, last).toSeconds() / SECONDS_PER_DAY;
    if (days < minDays) {
      reasons.add(
          "the data span %.2f days, from %s to %s, fewer than --minDays=%s asks for",
          days, first, last, minDays);
    }
    double old = Duration.between(last, Instant.parse(started)).toSeconds() / SECONDS_PER_DAY;
    if (maxDaysOld != null && old > maxDaysOld) {
      reasons.add(
          "the last interaction, of %s, is %.2f days old, more than --maxDaysOld=%s allows",
          last, old, maxDaysOld);
    }
  }

  /** What was found so far. */
  private record Reasons(List<String> lines) implements Serializable {
    void add(String format, Object... values) {
      lines.add(String.format(Locale.ROOT, format, values));
    }

    void addIfFewer(String what, long number, String option, long least) {
      if (number < least) {
        add("the data have %,d %s, fewer than %s=%d asks for", number, what, option, least);
      }
    }

    void addIfMore(String what, long number, long of, String option, double most) {
      if (number > most * of) {
        double share = (double) number / of;
        add(
            "the data have %,d %s among %,d, a share of %.6f, more than %s=%s allows",
            number, what, of, share, option, most);
      }
    }

    void addIfFarther(
        String what,
        @Nullable Double drift,
        DataStatistics data,
        String option,
        @Nullable Double most) {
      if (drift != null && most != null && drift > most) {
        add(
            "%s by number of interactions have drifted by %.4f since run %s, more than %s=%s allows",
            what, drift, data.getComparedWith(), option, most);
      }
    }
  }
}
