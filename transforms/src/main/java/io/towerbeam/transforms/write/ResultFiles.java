package io.towerbeam.transforms.write;

import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.PromotionDecision;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.AvroJson;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.util.List;

/**
 * The files that hold evaluation results.
 *
 * @param folder the run's results folder
 */
record ResultFiles(Folder folder) {
  /** Writes results.avro, results.json and one JSON file per model. */
  void write(List<EvaluationResult> results, String started) throws IOException {
    String stamp = started.replaceAll("[-:]", "");
    for (String model : results.stream().map(EvaluationResult::getModelName).distinct().toList()) {
      List<EvaluationResult> own =
          results.stream().filter(result -> result.getModelName().equals(model)).toList();
      folder.write("%s_%s.json".formatted(model, stamp), out -> out.write(AvroJson.bytes(own)));
    }
    folder.write("results.avro", out -> AvroFiles.write(out, EvaluationResult.class, results));
    folder.write("results.json", out -> out.write(AvroJson.bytes(results)));
  }

  /** Writes promotion.avro and promotion.json, if a comparison was made. */
  void write(List<PromotionDecision> decisions) throws IOException {
    if (!decisions.isEmpty()) {
      folder.write(
          "promotion.avro", out -> AvroFiles.write(out, PromotionDecision.class, decisions));
      folder.write("promotion.json", out -> out.write(AvroJson.bytes(decisions.get(0))));
    }
  }
}
