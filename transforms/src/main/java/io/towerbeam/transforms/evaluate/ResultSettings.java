package io.towerbeam.transforms.evaluate;

import static java.util.stream.Collectors.joining;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every result of an evaluation has in common.
 *
 * @param cutoffs the values of k; models are ranked by the first
 * @param baseline the model that all are compared with, if it is there
 * @param parameters goes into the results, beside {@code k}
 * @param evaluationDate the run's start
 * @param synthetic whether the data is the generated sample
 */
record ResultSettings(
    List<Integer> cutoffs,
    String baseline,
    Map<String, Object> parameters,
    String evaluationDate,
    boolean synthetic)
    implements Serializable {
  /** The parameter that holds the cutoffs: a number, or for several a list such as 5,10. */
  static final String CUTOFFS_PARAMETER = "k";

  private static final List<Class<?>> PARAMETER_TYPES =
      List.of(Boolean.class, Long.class, Double.class, String.class);

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

  /** The value of k that models are ranked by. */
  int firstCutoff() {
    return cutoffs.get(0);
  }

  /** The parameters of every result, k among them. */
  Map<String, Object> allParameters() {
    Map<String, Object> allParameters = new TreeMap<>(parameters);
    allParameters.put(CUTOFFS_PARAMETER, cutoffsParameter());
    return allParameters;
  }

  private Object cutoffsParameter() {
    if (cutoffs.size() == 1) {
      return cutoffs.get(0).longValue();
    }
    return cutoffs.stream().map(String::valueOf).collect(joining(","));
  }
}
