package io.towerbeam.templates.dataflow;

import io.towerbeam.pipelines.options.OptionSpec;
import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.options.ServingOptions;
import io.towerbeam.pipelines.spi.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A value for every option that a workflow has. */
final class EveryOption {
  /** They exclude others that are given here. */
  private static final Set<String> LEFT_OUT = Set.of("input");

  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("accelerator", SubmissionTest.ACCELERATOR),
          Map.entry("bootstrapResamples", "100"),
          Map.entry("interactions", CloudData.INTERACTIONS),
          Map.entry("items", CloudData.ITEMS),
          Map.entry("minRating", "1"),
          Map.entry("minTestInteractions", "1"),
          Map.entry("minTrainInteractions", "1"),
          Map.entry("minUserTrainInteractions", "1"),
          Map.entry("model", "two-tower-hybrid"),
          Map.entry("modelName", "als"),
          Map.entry("modelParameters", "two-tower-hybrid.epochs=2,als.factors=3"),
          Map.entry("models", "most-popular,two-tower-hybrid"),
          Map.entry("output", CloudShell.OUTPUT),
          Map.entry("recommendations", CloudData.LISTS),
          Map.entry("requireGpu", "true"),
          Map.entry("runDate", "2026-02-28"),
          Map.entry("scoring", "cosine"),
          Map.entry("searchSpace", "dropout=0..0.5"),
          Map.entry("seed", "7"),
          Map.entry("splitTime", "100"),
          Map.entry("trainingMinRam", "16GB"),
          Map.entry("trials", "2"),
          Map.entry("users", "u,v"));

  private EveryOption() {}

  /** As words of a command line: a value from above, or else the default. */
  static List<String> of(Workflow<?> workflow) {
    Map<String, String> values = new HashMap<>(VALUES);
    values.put("runId", workflow.name() + "-1");
    if (ServingOptions.class.isAssignableFrom(workflow.optionsType())) {
      values.put("model", CloudShell.PUBLISHED);
      values.remove("items"); // the published model sees no content
    }
    List<String> words = new ArrayList<>();
    for (OptionSpec option : OptionSpecs.of(workflow.optionsType()).visible()) {
      String value = values.getOrDefault(option.name(), option.defaultText());
      if (!LEFT_OUT.contains(option.name()) && !value.isEmpty()) {
        words.add("--" + option.name() + "=" + value);
      }
    }
    return words;
  }
}
