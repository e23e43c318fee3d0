package io.towerbeam.pipelines.report;

import io.towerbeam.schemas.EvaluationResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A metric at a list length, such as {@code ndcg@10}.
 *
 * @param base its name in snake_case
 * @param k the list length; 0 for a metric that has none
 */
record Metric(String base, int k) {
  /** The metric of a result's key. */
  static Metric parse(String key) {
    int at = key.lastIndexOf('@');
    return at > 0 && key.substring(at + 1).matches("[0-9]{1,9}")
        ? new Metric(key.substring(0, at), Integer.parseInt(key.substring(at + 1)))
        : new Metric(key, 0);
  }

  /** The name under which results hold it. */
  String key() {
    return k == 0 ? base : base + "@" + k;
  }

  /** The name for people. */
  String label() {
    return k == 0 ? Words.metric(base) : Words.metric(base) + "@" + k;
  }

  /** Its value; empty if it was not measured. */
  OptionalDouble of(EvaluationResult result) {
    Double value = result.getMetrics().get(key());
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Lower and upper end of its interval; empty if there is none. */
  Optional<List<Double>> interval(EvaluationResult result) {
    return Optional.ofNullable(result.getCi95().get(key())).filter(ends -> ends.size() == 2);
  }
}
