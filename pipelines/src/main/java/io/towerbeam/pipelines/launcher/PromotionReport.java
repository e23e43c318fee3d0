package io.towerbeam.pipelines.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.run.Storage;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.Champions;
import java.io.IOException;
import java.util.Locale;
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
    Optional<JsonNode> decision = Storage.readJson(run.promotionJson());
    Optional<Champions.Numbered> record = Champions.in(new Folder(run.output())).ofRun(run.runId());
    String numbers = decision.map(PromotionReport::numbers).orElse("");
    if (record.isPresent()) {
      return Optional.of(
          "Champion %s: %s of run %s%s"
              .formatted(
                  record.get().label(), record.get().champion().getModel(), run.runId(), numbers));
    }
    return Optional.of("Not made the champion: " + reason(manifest, promote.asText()) + numbers);
  }

  private static String numbers(JsonNode decision) {
    if (decision.path("champion_value").isNull()) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        " (%s %.4f, %s %.4f)",
        decision.path("metric").asText(),
        decision.path("challenger_value").asDouble(),
        decision.path("champion").asText(),
        decision.path("champion_value").asDouble());
  }

  private static String reason(JsonNode manifest, String promote) {
    if (manifest.path("synthetic").asBoolean()) {
      return "a model of the generated sample never is.";
    }
    if (manifest.at("/options/heldOutItems").asDouble() > 0
        || manifest.at("/options/leaveOutTestUsers").asBoolean()) {
      return "a model that was told nothing of some items or users never is.";
    }
    return promote.equals("never") ? "--promote=never." : "the gate refused it";
  }
}
