package io.towerbeam.pipelines.workflows;

import io.towerbeam.transforms.write.RunFiles;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;

/** What speaks against going on with an input. */
final class InputCheck {
  static final String INTERACTIONS = "interactions_read";
  static final String ITEMS = "catalogue_items";

  private InputCheck() {}

  static SerializableFunction<Map<String, Long>, List<String>> of(
      double maxRejectedFraction, RunFiles run) {
    return of(maxRejectedFraction, run, List.of(INTERACTIONS));
  }

  /**
   * @param needed the counts that must not be nought
   */
  static SerializableFunction<Map<String, Long>, List<String>> of(
      double maxRejectedFraction, RunFiles run, List<String> needed) {
    return counts -> {
      long read = counts.getOrDefault(INTERACTIONS, 0L) + counts.getOrDefault(ITEMS, 0L);
      long rejected = counts.getOrDefault("rows_rejected", 0L);
      if (rejected > 0 && rejected > maxRejectedFraction * (read + rejected)) {
        return List.of(
            String.format(
                Locale.ROOT,
                "%,d of %,d rows were rejected, more than --maxRejectedFraction=%s allows; they are"
                    + " in %s",
                rejected,
                read + rejected,
                maxRejectedFraction,
                run.deadLetter().path()));
      }
      return needed.stream()
          .filter(name -> counts.getOrDefault(name, 0L) == 0)
          .map(name -> "the input has no " + (name.equals(ITEMS) ? "items" : "interactions"))
          .toList();
    };
  }
}
