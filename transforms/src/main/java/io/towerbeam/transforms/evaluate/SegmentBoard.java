package io.towerbeam.transforms.evaluate;

import io.towerbeam.ml.metrics.Bootstrap;
import io.towerbeam.ml.metrics.RankingMetrics;
import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.PairedComparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All models on one segment: their rows, with intervals, and how each differs from the segment's
 * best model and from the baseline.
 */
final class SegmentBoard {
  private static final int LEAST_USERS = 2;

  private final String segment;
  private final SortedMap<String, SegmentTotals> models;
  private final ResultSettings settings;
  private final List<String> keys;
  private final String best;

  /**
   * @param models the totals of every model over the same users, at least one
   */
  SegmentBoard(String segment, SortedMap<String, SegmentTotals> models, ResultSettings settings) {
    this.segment = segment;
    this.models = models;
    this.settings = settings;
    this.keys = RankingMetrics.keys(settings.cutoffs());
    int ndcg = keys.indexOf(RankingMetrics.key("ndcg", settings.firstCutoff()));
    this.best =
        models.entrySet().stream()
            .max(Comparator.comparingLong(model -> model.getValue().ranking().sums()[ndcg]))
            .orElseThrow()
            .getKey();
  }

  /** A row per model. */
  List<EvaluationResult> results(DatasetInfo dataset) {
    List<EvaluationResult> results = new ArrayList<>();
    models.forEach((model, totals) -> results.add(result(model, totals, dataset)));
    return results;
  }

  private EvaluationResult result(String model, SegmentTotals totals, DatasetInfo dataset) {
    return EvaluationResult.newBuilder()
        .setModelName(model)
        .setEvaluationDate(settings.evaluationDate())
        .setSegment(segment)
        .setMetrics(totals.ranking().metrics(dataset.getNItems()))
        .setCi95(intervals(totals))
        .setComparisons(comparisons(model, totals))
        .setParameters(settings.allParameters())
        .setDatasetInfo(ofSegment(totals, dataset))
        .setTraining(null)
        .setSynthetic(settings.synthetic())
        .build();
  }

  private DatasetInfo ofSegment(SegmentTotals totals, DatasetInfo dataset) {
    return segment.equals(Segments.ALL)
        ? dataset
        : DatasetInfo.newBuilder(dataset)
            .setNTestUsers(totals.ranking().users())
            .setTestSize(totals.ranking().relevant())
            .build();
  }

  private Map<String, List<Double>> intervals(SegmentTotals totals) {
    Map<String, List<Double>> intervals = new TreeMap<>();
    for (int metric = 0; metric < keys.size() && isResampled(totals); metric++) {
      Bootstrap.Interval interval = Bootstrap.interval(totals.bootstrap().means(metric));
      intervals.put(keys.get(metric), List.of(interval.lower(), interval.upper()));
    }
    return intervals;
  }

  private static boolean isResampled(SegmentTotals totals) {
    return totals.ranking().users() >= LEAST_USERS && totals.bootstrap().means(0).length > 0;
  }

  private List<PairedComparison> comparisons(String model, SegmentTotals totals) {
    List<PairedComparison> comparisons = new ArrayList<>();
    List<String> others = new ArrayList<>(List.of(best));
    if (!best.equals(settings.baseline()) && models.containsKey(settings.baseline())) {
      others.add(settings.baseline());
    }
    others.remove(model);
    if (isResampled(totals)) {
      others.forEach(other -> compare(totals, other, comparisons));
    }
    return comparisons;
  }

  /** At the leaderboard's cutoff alone: it is what models are ranked by. */
  private void compare(SegmentTotals totals, String other, List<PairedComparison> comparisons) {
    SegmentTotals others = models.get(other);
    Map<String, Double> means = totals.ranking().means();
    Map<String, Double> otherMeans = others.ranking().means();
    for (int metric = 0; metric < keys.size(); metric++) {
      String key = keys.get(metric);
      if (key.endsWith("@" + settings.firstCutoff())) {
        Bootstrap.Difference difference =
            Bootstrap.difference(
                totals.bootstrap().means(metric), others.bootstrap().means(metric));
        comparisons.add(
            new PairedComparison(
                key,
                other,
                means.get(key) - otherMeans.get(key),
                difference.interval().lower(),
                difference.interval().upper(),
                difference.pValue()));
      }
    }
  }
}
