package io.towerbeam.pipelines.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.Champions;
import java.io.IOException;
import java.util.Optional;

/** Whether a run's model became the champion, from the files that it left. */
final class PromotionReport {
  private PromotionReport() {}

  /** One line; empty if the run's workflow promotes nothing. */
  static Optional<String> line(RunDirectory run, JsonNode manifest) throws IOException {
    JsonNode promote = manifest.at("/options/promote");
    if (promote.isMissingNode()) {
      return Optional.empty();
    }
    Optional<Champions.Numbered> record = Champions.in(new Folder(run.output())).ofRun(run.runId());
    if (record.isPresent()) {
      return Optional.of(
          "Champion %s: %s of run %s"
              .formatted(record.get().label(), record.get().champion().getModel(), run.runId()));
    }
    return Optional.of("Not made the champion: " + reason(manifest, promote.asBoolean()));
  }

  private static String reason(JsonNode manifest, boolean wanted) {
    if (manifest.path("synthetic").asBoolean()) {
      return "a model of the generated sample never is.";
    }
    if (manifest.at("/options/heldOutItems").asDouble() > 0
        || manifest.at("/options/leaveOutTestUsers").asBoolean()) {
      return "a model that was told nothing of some items or users never is.";
    }
    return wanted
        ? "the run was cut off after it was published; run it again under another --runId."
        : "--promote=false.";
  }
}
