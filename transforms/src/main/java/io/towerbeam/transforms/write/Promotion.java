package io.towerbeam.transforms.write;

import io.towerbeam.schemas.Champion;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.Outcome;
import io.towerbeam.schemas.PromotionDecision;
import io.towerbeam.schemas.PromotionVerdict;
import io.towerbeam.schemas.Verdict;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A run's model on its way to be the champion. Its record is written before {@code _SUCCESS}, which
 * publishes the run and the record at once: see {@link Champions}.
 *
 * @param champions the records
 * @param candidate the record but for its metrics
 * @param isCompared whether a decision says if it may be promoted, and after which record
 */
public record Promotion(Champions champions, Champion candidate, boolean isCompared)
    implements Serializable {

  /**
   * The promotion of a run's model.
   *
   * @param output the folder that holds all runs
   */
  public static Promotion of(
      Folder output, String runId, String model, String started, boolean isCompared) {
    Champion candidate =
        Champion.newBuilder()
            .setRunId(runId)
            .setRunDirectory("runs/" + runId)
            .setModel(model)
            .setMetrics(Map.of())
            .setStarted(started)
            .build();
    return new Promotion(Champions.in(output), candidate, isCompared);
  }

  /**
   * The verdict on a run of one model that has been compared.
   *
   * @param decisions what the comparison said; none if the model has no result
   * @param failures models that failed, the champion among them, about which the decision says all
   */
  Outcome outcome(
      List<PromotionDecision> decisions, List<ModelFailure> failures, Map<String, Long> counts) {
    List<String> reasons =
        RunEnd.reasons(
            failures.stream()
                .filter(failure -> failure.getModel().equals(candidate.getModel()))
                .toList());
    Verdict verdict = Verdict.PUBLISHED;
    if (decisions.isEmpty() || !reasons.isEmpty()) {
      verdict = Verdict.FAILED;
      reasons = reasons.isEmpty() ? List.of("no model gave a single list") : reasons;
    } else if (decisions.get(0).getVerdict() == PromotionVerdict.REFUSED) {
      verdict = Verdict.REFUSED;
      reasons = decisions.get(0).getReasons();
    }
    return Outcome.newBuilder()
        .setVerdict(verdict)
        .setReasons(reasons)
        .setCounts(counts)
        .setExamples(List.of())
        .build();
  }

  /**
   * Writes the record.
   *
   * @param decisions what the comparison said; none if there was no comparison
   * @param results the run's results, whose headline row the record quotes; may be empty
   * @throws ChampionChangedException if it was compared with a champion that is none any more
   */
  void settle(List<PromotionDecision> decisions, List<EvaluationResult> results)
      throws IOException {
    Champion.Builder record = Champion.newBuilder(candidate).setMetrics(metrics(results));
    if (!isCompared) {
      champions.append(record.build());
      return;
    }
    champions.promote(record.setComparedWith(decisions.get(0).getChampionNumber()).build());
  }

  private Map<String, Double> metrics(List<EvaluationResult> results) {
    return results.stream()
        .filter(result -> result.getSegment().equals("all"))
        .filter(result -> result.getModelName().equals(candidate.getModel()))
        .findFirst()
        .map(EvaluationResult::getMetrics)
        .orElse(Map.of());
  }
}
