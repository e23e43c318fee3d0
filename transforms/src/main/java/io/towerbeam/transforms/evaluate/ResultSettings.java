package io.towerbeam.transforms.evaluate;

import static java.util.stream.Collectors.joining;

import io.towerbeam.ml.metrics.RankingTotals;
import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.EvaluationResult;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every result of an evaluation has in common.
 *
 * @param cutoffs the values of k
 * @param parameters goes into the results, beside {@code k}
 * @param evaluationDate the run's start
 * @param synthetic whether the data is the generated sample
 */
record ResultSettings(
    List<Integer> cutoffs, Map<String, Object> parameters, String evaluationDate, boolean synthetic)
    implements Serializable {
  /** The parameter that holds the cutoffs: a number, or for several a list such as 5,10. */
  static final String CUTOFFS_PARAMETER = "k";

  private static final List<Class<?>> PARAMETER_TYPES =
      List.of(Boolean.class, Long.class, Double.class, String.class);
  private static final String ALL_USERS = "all";

  /**
   * Returns an immutable copy of {@code parameters}.
   *
   * @throws IllegalArgumentException if a result cannot hold a value, or {@code k} is among them
   */
  static Map<String, Object> requireParameters(Map<String, Object> parameters) {
    parameters.forEach(
        (name, value) -> {
          if (PARAMETER_TYPES.stream().noneMatch(type -> type.isInstance(value))) {
            throw new IllegalArgumentException(
                "parameter %s is %s; it must be a Boolean, Long, Double or String"
                    .formatted(name, value));
          }
        });
    if (parameters.containsKey(CUTOFFS_PARAMETER)) {
      throw new IllegalArgumentException("parameter k is given by the cutoffs");
    }
    return Map.copyOf(parameters);
  }

  /** The headline row of {@code model}. */
  EvaluationResult result(String model, RankingTotals totals, DatasetInfo dataset) {
    Map<String, Object> allParameters = new TreeMap<>(parameters);
    allParameters.put(CUTOFFS_PARAMETER, cutoffsParameter());
    return EvaluationResult.newBuilder()
        .setModelName(model)
        .setEvaluationDate(evaluationDate)
        .setSegment(ALL_USERS)
        .setMetrics(totals.metrics(dataset.getNItems()))
        .setParameters(allParameters)
        .setDatasetInfo(dataset)
        .setTraining(null)
        .setSynthetic(synthetic)
        .build();
  }

  private Object cutoffsParameter() {
    if (cutoffs.size() == 1) {
      return cutoffs.get(0).longValue();
    }
    return cutoffs.stream().map(String::valueOf).collect(joining(","));
  }
}
