package io.towerbeam.pipelines.report;

import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.PromotionDecision;
import io.towerbeam.schemas.RunManifest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a report shows. The order of the elements of its lists does not matter, but for
 * the cutoffs.
 *
 * @param manifest what was run; its inputs and counts are not looked at
 * @param inputs the patterns of the files that were read, none for the generated sample
 * @param cutoffs the list lengths that were measured; the first is the leaderboard's
 * @param results rows of all segments, with what is known of the fit
 * @param artifacts the fitted models
 * @param failures the models that failed
 * @param epochs the losses of the trained models
 * @param counts what was counted on the way, by name
 * @param statistics what the data were like, one element or none
 * @param decision whether the model takes the champion's place; empty if nobody asked
 * @param users a few test users
 * @param titles the titles of the items of those users, by id; an empty one is taken as unknown
 */
record ReportData(
    RunManifest manifest,
    List<String> inputs,
    List<Integer> cutoffs,
    List<EvaluationResult> results,
    List<ModelArtifact> artifacts,
    List<ModelFailure> failures,
    List<EpochReport> epochs,
    Map<String, Long> counts,
    List<DataStatistics> statistics,
    Optional<PromotionDecision> decision,
    List<UserExample> users,
    Map<String, String> titles) {
  private static final String ALL_USERS = "all";

  /** The first cutoff. */
  int k() {
    return cutoffs.get(0);
  }

  /** The metric that models are ranked by. */
  Metric ranking() {
    return new Metric("ndcg", k());
  }

  /** The rows over all test users: the leaderboard, best first. */
  List<EvaluationResult> leaderboard() {
    return segment(ALL_USERS);
  }

  /** The rows of one segment, in the order of {@link #ranking}, then of the names. */
  List<EvaluationResult> segment(String segment) {
    return results.stream()
        .filter(result -> result.getSegment().equals(segment))
        .sorted(
            Comparator.comparingDouble(
                    (EvaluationResult result) ->
                        -ranking().of(result).orElse(Double.NEGATIVE_INFINITY))
                .thenComparing(EvaluationResult::getModelName))
        .toList();
  }

  /** The segments beside all users, by activity and then in the order of {@link Words}. */
  List<String> segments() {
    return results.stream()
        .map(EvaluationResult::getSegment)
        .filter(segment -> !segment.equals(ALL_USERS))
        .distinct()
        .sorted(Words.SEGMENT_ORDER)
        .toList();
  }

  /** The models of the leaderboard, best first. */
  List<String> models() {
    return leaderboard().stream().map(EvaluationResult::getModelName).toList();
  }
}
