package io.towerbeam.transforms.write;

import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.Outcome;
import io.towerbeam.schemas.PromotionDecision;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.schemas.Verdict;
import io.towerbeam.transforms.files.AvroJson;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The files that a run ends with, whatever it made.
 *
 * @param run the run directory
 * @param manifest the manifest but for counts and inputs
 * @param inputPatterns the files whose names, lengths and times the manifest is to tell
 */
record RunEnd(RunFiles run, RunManifest manifest, List<String> inputPatterns)
    implements Serializable {

  /** Why models failed: a line each, sorted. */
  static List<String> reasons(List<ModelFailure> failures) {
    return failures.stream()
        .map(failure -> failure.getModel() + ": " + failure.getMessage())
        .sorted()
        .toList();
  }

  /** Writes the verdict that nothing is published, and ends the job with its reasons. */
  void fail(Outcome outcome) throws IOException {
    write("outcome.json", outcome);
    throw new RunFailedException(outcome.getReasons());
  }

  /** Writes the champion's record, manifest and verdict, and then what readers trust them by. */
  void publish(
      Outcome outcome,
      @Nullable Promotion promotion,
      List<PromotionDecision> decisions,
      List<EvaluationResult> results)
      throws IOException {
    if (promotion != null && outcome.getVerdict() == Verdict.PUBLISHED) {
      try {
        promotion.settle(decisions, results);
      } catch (ChampionChangedException e) {
        Outcome changed =
            Outcome.newBuilder(outcome)
                .setVerdict(Verdict.FAILED)
                .setReasons(List.of(e.getMessage()))
                .build();
        write("outcome.json", changed);
        throw e;
      }
    }
    publish(outcome);
  }

  /** Writes manifest and verdict, and then what readers trust the run by. */
  void publish(Outcome outcome) throws IOException {
    write(
        "manifest.json",
        RunManifest.newBuilder(manifest)
            .setCounts(outcome.getCounts())
            .setInputs(ManifestInputs.matching(inputPatterns))
            .setOutputs(manifest.getLayout() == 0 ? List.of() : PreparedFiles.of(run))
            .build());
    write("outcome.json", outcome);
    run.root().write("_SUCCESS", out -> {});
  }

  private void write(String name, Object record) throws IOException {
    run.root().write(name, out -> out.write(AvroJson.bytes(record)));
  }
}
