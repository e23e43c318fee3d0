package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.data.ReturnRule;
import io.towerbeam.ml.data.SplitRule;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.transforms.prepare.ReturnSplit;
import io.towerbeam.transforms.prepare.WarmSplit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How the train side is split once more, for trials to be judged: at a quantile of its times or by
 * the users who return. Exactly one of the two is there.
 */
record TuningSplit(@Nullable Double quantile, @Nullable ReturnRule returns) {
  private static final double DEFAULT_QUANTILE = .85;
  private static final String DEFAULT_FOLD = "1/2";

  /**
   * @throws UsageException if options exclude each other or the fold is none
   */
  static TuningSplit of(TuneOptions options) {
    Integer days = options.getTuneReturnDays();
    Double quantile = options.getTuneQuantile();
    String fold = options.getTuneFold();
    if (days == null && fold != null) {
      throw new UsageException(
          "--tuneFold=%s: folds are of the users who return; give --tuneReturnDays too"
              .formatted(fold));
    }
    if (days == null) {
      return new TuningSplit(quantile == null ? DEFAULT_QUANTILE : quantile, null);
    }
    if (quantile != null) {
      throw new UsageException(
          "--tuneReturnDays and --tuneQuantile exclude each other: give one of them");
    }
    SplitRule counts = PrepareSettings.of(options).rule();
    return new TuningSplit(null, rule(days, fold == null ? DEFAULT_FOLD : fold, counts));
  }

  private static ReturnRule rule(int days, String text, SplitRule counts) {
    int slash = text.indexOf('/');
    int fold = Integer.parseInt(text.substring(0, slash));
    int folds = Integer.parseInt(text.substring(slash + 1));
    if (folds < 2 || fold < 1 || fold > folds) {
      throw new UsageException("tuneFold", text, TuneOptions.FOLDS);
    }
    return new ReturnRule(days, fold, folds, counts);
  }

  /**
   * Splits the train side of a split.
   *
   * @param headline the outputs of a {@link WarmSplit}; what its test side has is not looked at
   */
  PCollectionTuple apply(PCollectionTuple headline, SplitRule counts) {
    return returns == null
        ? headline
            .get(WarmSplit.TRAIN)
            .apply("TuningSplit", WarmSplit.atQuantile(quantile).withRule(counts))
        : headline.apply("TuningSplit", ReturnSplit.of(returns));
  }

  /** What speaks against judging trials on it. */
  SerializableFunction<Map<String, Long>, List<String>> check(PrepareSettings settings) {
    SerializableFunction<Map<String, Long>, List<String>> check =
        SplitCheck.of("the tuning split", settings);
    if (returns == null) {
      return check;
    }
    ReturnRule rule = returns; // a lambda that names the field would drag this record along
    return counts ->
        lacksJudges(counts) ? List.of(withoutJudges(rule, counts)) : check.apply(counts);
  }

  private static boolean lacksJudges(Map<String, Long> counts) {
    return counts.getOrDefault("train_users", 0L) > 0 && counts.getOrDefault("test_users", 0L) == 0;
  }

  private static String withoutJudges(ReturnRule rule, Map<String, Long> counts) {
    return String.format(
        Locale.ROOT,
        "the tuning split has no test users: of %,d train users %,d return after more than"
            + " --tuneReturnDays=%d with --minUserTrainInteractions=%d interactions before and"
            + " --minTestInteractions=%d after, %,d of them in --tuneFold=%d/%d, and none has as"
            + " many after of items that train still has",
        counts.get("train_users"),
        counts.getOrDefault(ReturnRule.RETURNING_USERS, 0L),
        rule.gapDays(),
        rule.counts().minUserTrainInteractions(),
        rule.counts().minTestInteractions(),
        counts.getOrDefault(ReturnRule.RETURNING_USERS_IN_FOLD, 0L),
        rule.fold(),
        rule.folds());
  }
}
