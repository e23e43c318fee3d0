package io.towerbeam.transforms.write;

import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ModelArtifact;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Evaluation results as rows of the leaderboard: with what is known of the fit, best first. */
public final class LeaderboardRows {
  private LeaderboardRows() {}

  /** Rows by segment, the headline first, then falling NDCG at the first k, then name. */
  public static List<EvaluationResult> of(
      List<EvaluationResult> results, List<ModelArtifact> artifacts) {
    Map<String, ModelArtifact> byModel =
        artifacts.stream().collect(Collectors.toMap(ModelArtifact::getModel, Function.identity()));
    return results.stream()
        .map(result -> withFit(result, byModel.get(result.getModelName())))
        .sorted(
            Comparator.comparing((EvaluationResult result) -> !result.getSegment().equals("all"))
                .thenComparing(EvaluationResult::getSegment)
                .thenComparing(Comparator.comparingDouble(LeaderboardRows::ndcg).reversed())
                .thenComparing(EvaluationResult::getModelName))
        .toList();
  }

  private static double ndcg(EvaluationResult result) {
    String k = String.valueOf(result.getParameters().get("k")).split(",")[0];
    return result.getMetrics().getOrDefault("ndcg@" + k, Double.NEGATIVE_INFINITY);
  }

  private static EvaluationResult withFit(EvaluationResult result, ModelArtifact artifact) {
    if (artifact == null) {
      return result;
    }
    Map<String, Object> parameters = new HashMap<>(artifact.getParameters());
    parameters.putAll(result.getParameters());
    return EvaluationResult.newBuilder(result)
        .setParameters(parameters)
        .setTraining(artifact.getTraining())
        .build();
  }
}
