package io.towerbeam.transforms.write;

import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.PromotionDecision;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.AvroJson;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

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
      folder.write(
          "%s_%s.json".formatted(fileName(model), stamp), out -> out.write(AvroJson.bytes(own)));
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

  /**
   * A model's name as that of a file: lists of other systems may have any. One that cannot be taken
   * as it is gets a checksum, so that no two are taken for one.
   */
  private static String fileName(String model) {
    if (model.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")) {
      return model;
    }
    CRC32C crc = new CRC32C();
    crc.update(model.getBytes(StandardCharsets.UTF_8));
    String readable = model.replaceAll("[^A-Za-z0-9_-]+", "-");
    return "%s-%08x"
        .formatted(readable.substring(0, Math.min(readable.length(), 50)), crc.getValue());
  }
}
