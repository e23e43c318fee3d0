package io.towerbeam.pipelines.workflows;

import io.towerbeam.transforms.write.RunFiles;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;

/** What speaks against going on with an input. */
final class InputCheck {
  private InputCheck() {}

  static SerializableFunction<Map<String, Long>, List<String>> of(
      double maxRejectedFraction, RunFiles run) {
    return counts -> {
      long read =
          counts.getOrDefault("interactions_read", 0L) + counts.getOrDefault("catalogue_items", 0L);
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
      return counts.getOrDefault("interactions_read", 0L) == 0
          ? List.of("the input has no interactions")
          : List.of();
    };
  }
}
