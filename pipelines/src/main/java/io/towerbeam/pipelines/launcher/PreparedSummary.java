package io.towerbeam.pipelines.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.towerbeam.pipelines.run.RunDirectory;
import java.util.List;
import java.util.Locale;

/** What a prepared run holds, and how to go on with it. */
final class PreparedSummary {
  private PreparedSummary() {}

  /** The lines; none if the run is not there to be the input of others. */
  static List<String> lines(RunDirectory run, JsonNode manifest) {
    if (manifest.path("layout").asInt() == 0) {
      return List.of();
    }
    JsonNode counts = manifest.path("counts");
    return List.of(
        String.format(
            Locale.ROOT,
            "Train: %,d interactions of %,d users with %,d items",
            counts.path("train_interactions").asLong(),
            counts.path("train_users").asLong(),
            counts.path("train_items").asLong()),
        String.format(
            Locale.ROOT,
            "Test: %,d interactions of %,d users",
            counts.path("test_interactions").asLong(),
            counts.path("test_users").asLong()),
        "Go on with: towerbeam leaderboard --input=" + run.path());
  }
}
