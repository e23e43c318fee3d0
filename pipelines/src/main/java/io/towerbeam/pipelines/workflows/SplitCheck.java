package io.towerbeam.pipelines.workflows;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;

/** What speaks against training and judging on a split. */
final class SplitCheck {
  private SplitCheck() {}

  /**
   * @param split what it is called, with its article
   */
  static SerializableFunction<Map<String, Long>, List<String>> of(
      String split, PrepareSettings settings) {
    int minTrain = settings.rule().minTrainInteractions();
    int minUserTrain = settings.rule().minUserTrainInteractions();
    int minTest = settings.rule().minTestInteractions();
    boolean hasTest = settings.hasTest();
    return counts -> {
      long leftOut = counts.getOrDefault("excluded_left_out_user_users", 0L);
      if (counts.getOrDefault("train_users", 0L) == 0 && leftOut > 0) {
        return List.of(
            "%s has no train users: --leaveOutTestUsers leaves none of %d"
                .formatted(split, leftOut));
      }
      if (counts.getOrDefault("train_users", 0L) == 0) {
        return List.of(
            "%s has no train users: none has --minTrainInteractions=%d interactions up to the split"
                    .formatted(split, minTrain)
                + " time");
      }
      if (hasTest && counts.getOrDefault("test_users", 0L) == 0) {
        return List.of(
            String.format(
                Locale.ROOT,
                "%s has no test users: none of %,d train users has"
                    + " --minUserTrainInteractions=%d interactions up to the split time and"
                    + " --minTestInteractions=%d with known items after it",
                split,
                counts.get("train_users"),
                minUserTrain,
                minTest));
      }
      return List.of();
    };
  }
}
