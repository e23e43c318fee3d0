package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.data.Holdout;
import io.towerbeam.ml.data.SplitRule;
import io.towerbeam.pipelines.options.HoldoutSpan;
import io.towerbeam.pipelines.options.InputOptions;
import io.towerbeam.pipelines.options.SplitOptions;
import io.towerbeam.pipelines.options.SplitTime;
import io.towerbeam.pipelines.options.UnseenOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.transforms.prepare.FilterInteractions;
import io.towerbeam.transforms.prepare.FilterInteractions.UnknownItems;
import io.towerbeam.transforms.prepare.WarmSplit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The options of preparing data as settings of its transforms.
 *
 * @param hasTest whether there must be users to judge by
 */
record PrepareSettings(
    int shards,
    double maxRejectedFraction,
    @Nullable Double minRating,
    UnknownItems unknownItems,
    double splitQuantile,
    @Nullable Long splitTime,
    @Nullable Long testSeconds,
    SplitRule rule,
    Holdout holdout,
    boolean hasTest) {

  static <O extends InputOptions & SplitOptions> PrepareSettings of(O options) {
    HoldoutSpan span = options.getHoldout() == null ? null : HoldoutSpan.of(options.getHoldout());
    boolean isSpan = span != null && span.seconds().isPresent();
    return new PrepareSettings(
        options.getShards(),
        options.getMaxRejectedFraction(),
        options.getMinRating(),
        UnknownItems.valueOf(options.getUnknownItems().name()),
        span != null && !isSpan ? span.quantile().getAsDouble() : options.getSplitQuantile(),
        options.getSplitTime() == null ? null : SplitTime.epochSeconds(options.getSplitTime()),
        isSpan ? span.seconds().getAsLong() : null,
        new SplitRule(
            options.getMinTrainInteractions(),
            options.getMinUserTrainInteractions(),
            options.getMinTestInteractions()),
        Holdout.NONE,
        true);
  }

  /** The same with that kept from models which the options say. */
  <O extends UnseenOptions & WorkflowOptions> PrepareSettings withUnseen(O options) {
    return with(
        new Holdout(options.getHeldOutItems(), options.getSeed(), options.getLeaveOutTestUsers()),
        hasTest);
  }

  /** The same for a split that nobody may be judged by. */
  PrepareSettings withTestOptional() {
    return with(holdout, false);
  }

  private PrepareSettings with(Holdout otherHoldout, boolean mustHaveTest) {
    return new PrepareSettings(
        shards,
        maxRejectedFraction,
        minRating,
        unknownItems,
        splitQuantile,
        splitTime,
        testSeconds,
        rule,
        otherHoldout,
        mustHaveTest);
  }

  /** Whether a run that was prepared with these other settings has the split of these. */
  boolean splitsAs(PrepareSettings other) {
    boolean isByQuantile = splitTime == null && testSeconds == null;
    return Objects.equals(splitTime, other.splitTime)
        && Objects.equals(testSeconds, other.testSeconds)
        && (!isByQuantile || splitQuantile == other.splitQuantile)
        && shards == other.shards
        && rule.equals(other.rule)
        && holdout.equals(other.holdout);
  }

  /** The same with everything on the train side: the split is at the last of all times. */
  PrepareSettings withoutTest() {
    return new PrepareSettings(
        shards,
        maxRejectedFraction,
        minRating,
        unknownItems,
        1,
        null,
        null,
        rule,
        Holdout.NONE,
        false);
  }

  /**
   * @param catalogueIds the known items; null if there is no catalogue to know them from
   */
  FilterInteractions filter(@Nullable PCollectionView<Map<String, Boolean>> catalogueIds) {
    FilterInteractions filter = FilterInteractions.create();
    if (catalogueIds != null) {
      filter = filter.withCatalogue(catalogueIds, unknownItems);
    }
    return minRating == null ? filter : filter.withMinRating(minRating);
  }

  WarmSplit warmSplit() {
    return splitPoint().withRule(rule).withHoldout(holdout);
  }

  private WarmSplit splitPoint() {
    if (testSeconds != null) {
      return WarmSplit.beforeLatest(testSeconds);
    }
    return splitTime == null ? WarmSplit.atQuantile(splitQuantile) : WarmSplit.atTime(splitTime);
  }

  /** The settings that an evaluation result is to name. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new TreeMap<>();
    if (testSeconds != null) {
      parameters.put("test_seconds", testSeconds);
    } else if (splitTime != null) {
      parameters.put("split_time", splitTime);
    } else {
      parameters.put("split_quantile", splitQuantile);
    }
    if (minRating != null) {
      parameters.put("min_rating", minRating);
    }
    parameters.put("min_train_interactions", (long) rule.minTrainInteractions());
    parameters.put("min_user_train_interactions", (long) rule.minUserTrainInteractions());
    parameters.put("min_test_interactions", (long) rule.minTestInteractions());
    if (holdout.itemShare() > 0) {
      parameters.put("held_out_items", holdout.itemShare());
    }
    if (holdout.testUsers()) {
      parameters.put("leave_out_test_users", true);
    }
    return parameters;
  }
}
