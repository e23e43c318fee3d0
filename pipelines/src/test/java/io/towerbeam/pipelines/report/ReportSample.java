package io.towerbeam.pipelines.report;

import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.PairedComparison;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.schemas.TrainingInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Made-up reports: one that has everything, and what is easily taken away from it. */
final class ReportSample {
  static final List<String> MODELS =
      List.of(
          "contextual-two-tower",
          "ease",
          "slim",
          "item-knn",
          "als",
          "user-knn",
          "truncated-svd",
          "ncf-bce",
          "most-popular",
          "ncf-bpr",
          "two-tower-hybrid-bpr",
          "most-popular-unmasked");
  private static final double[] NDCG = {
    .4107, .4093, .4088, .3912, .3751, .3745, .3655, .3301, .3259, .3016, .2940, .1332
  };
  private static final Set<String> TRAINED =
      Set.of("contextual-two-tower", "ncf-bce", "ncf-bpr", "two-tower-hybrid-bpr");
  private static final List<String> SEGMENTS =
      List.of(
          "cold_items",
          "activity_150_or_more",
          "activity_15_49",
          "activity_50_149",
          "light_train_users",
          "cold_users",
          "light_test_users");

  private ReportSample() {}

  /** Twelve models with intervals, comparisons and segments, at three list lengths. */
  static ReportData whole() {
    List<EvaluationResult> results = new ArrayList<>();
    for (int i = MODELS.size() - 1; i >= 0; i--) {
      results.add(result(i, "all", 836, 1));
      for (int s = 0; s < SEGMENTS.size(); s++) {
        results.add(result(i, SEGMENTS.get(s), 40 + 37 * s, .55 + .11 * ((s * 5 + i) % 7)));
      }
    }
    return of(results);
  }

  /**
   * The same results without intervals, comparisons and segments, as earlier versions left them.
   */
  static ReportData bare() {
    return of(
        whole().leaderboard().stream()
            .map(
                result ->
                    EvaluationResult.newBuilder(result)
                        .setCi95(Map.of())
                        .setComparisons(List.of())
                        .build())
            .toList());
  }

  /** A report of these results. */
  static ReportData of(List<EvaluationResult> results) {
    return new ReportData(
        manifest(false),
        List.of("/srv/somebody/ml-1m/ratings.dat", "/srv/somebody/ml-1m/movies.dat"),
        List.of(10, 5, 20),
        results,
        MODELS.stream().map(ReportSample::artifact).toList(),
        List.of(),
        epochs(),
        Map.of("split_time", 975_768_738L, "rows_rejected", 0L, "interactions_read", 1_000_209L),
        List.of(statistics()),
        Optional.empty(),
        List.of(user("42", 14), user("1181", 3), user("877", 12), user("2063", 10)),
        titles());
  }

  private static DataStatistics statistics() {
    return DataStatistics.newBuilder()
        .setColumns(List.of(new InputColumn("user", "user_id"), new InputColumn("title", "<name>")))
        .setInteractionsRead(1_000_209)
        .setInteractionsWithUnknownItem(500)
        .setInteractions(1_000_000)
        .setDuplicates(209)
        .setUsers(6_040)
        .setItems(3_706)
        .setFirstTime(956_703_932L)
        .setLastTime(1_046_454_590L)
        .setComparedWith("leaderboard-before")
        .setItemDrift(.0125)
        .setActivityDrift(.25)
        .build();
  }

  static ReportData withFailures(ReportData data, List<ModelFailure> failures) {
    return new ReportData(
        data.manifest(),
        data.inputs(),
        data.cutoffs(),
        data.results(),
        data.artifacts(),
        failures,
        data.epochs(),
        data.counts(),
        data.statistics(),
        data.decision(),
        data.users(),
        data.titles());
  }

  static ReportData withTitles(ReportData data, Map<String, String> titles) {
    return new ReportData(
        data.manifest(),
        data.inputs(),
        data.cutoffs(),
        data.results(),
        data.artifacts(),
        data.failures(),
        data.epochs(),
        data.counts(),
        data.statistics(),
        data.decision(),
        data.users(),
        titles);
  }

  static RunManifest manifest(boolean synthetic) {
    return RunManifest.newBuilder()
        .setWorkflow("leaderboard")
        .setRunId("leaderboard-20261124T161632Z")
        .setStarted("2026-11-24T16:16:32Z")
        .setSeed(42)
        .setSynthetic(synthetic)
        .setOptions(Map.of("input", "/srv/somebody/ml-1m", "k", "10,5,20", "models", "all"))
        .setVersions(Map.of("beam", "2.70.0", "java", "17.0.1"))
        .setInputs(List.of())
        .setCounts(Map.of())
        .build();
  }

  /** The row of the i-th model, all of whose metrics go with a factor. */
  static EvaluationResult result(int i, String segment, long users, double factor) {
    Map<String, Double> metrics = new TreeMap<>();
    Map<String, List<Double>> intervals = new HashMap<>();
    double ndcg = NDCG[i] * factor;
    for (int k : List.of(5, 10, 20)) {
      double scale = 1 + (10 - k) * .006;
      metrics.put("ndcg@" + k, ndcg * scale);
      metrics.put("hit_rate@" + k, Math.min(1, ndcg * 2.1 / scale));
      metrics.put("precision@" + k, ndcg * .9 * scale);
      metrics.put("recall@" + k, ndcg * .012 * k);
      metrics.put("map@" + k, ndcg * .65 * scale);
      metrics.put("mrr@" + k, ndcg * 1.4);
      metrics.put("coverage@" + k, i >= 8 ? .003 * (12 - i) : .04 * (11 - i) + .01 * (i % 3));
      metrics.put("novelty@" + k, 9.4 + i * .11);
      metrics.put("gini@" + k, .9 + i * .007);
      metrics.put("mean_popularity@" + k, 900. + 80 * i);
    }
    metrics.forEach(
        (name, value) -> intervals.put(name, List.of(value * .962, Math.min(1e6, value * 1.041))));
    return EvaluationResult.newBuilder()
        .setModelName(MODELS.get(i))
        .setEvaluationDate("2026-11-24T16:16:32Z")
        .setSegment(segment)
        .setMetrics(metrics)
        .setCi95(intervals)
        .setComparisons(List.of("all", "cold_items").contains(segment) ? comparisons(i) : List.of())
        .setParameters(Map.of("k", "10,5,20", "seed", 42L, "split_quantile", .8))
        .setDatasetInfo(new DatasetInfo(5392L, users, 3662L, 800_142L, 94_842L))
        .setTraining(new TrainingInfo(1.5 + 11 * i, 0, 0.))
        .setSynthetic(false)
        .build();
  }

  private static List<PairedComparison> comparisons(int i) {
    List<PairedComparison> comparisons = new ArrayList<>();
    for (String metric : List.of("ndcg@10", "recall@10")) {
      for (int other : List.of(0, 8)) {
        double difference = NDCG[i] - NDCG[other];
        if (i != other) {
          comparisons.add(
              new PairedComparison(
                  metric,
                  MODELS.get(other),
                  difference,
                  difference - .006,
                  difference + .0065,
                  Math.abs(difference) > .006 ? 0 : .412));
        }
      }
    }
    return comparisons;
  }

  private static ModelArtifact artifact(String model) {
    Map<String, Object> parameters =
        TRAINED.contains(model)
            ? Map.of("epochs", 30L, "learningRate", 5e-4, "loss", "bce", "scoring", "dot")
            : model.startsWith("most")
                ? Map.of()
                : Map.of("neighbours", 312L, "lambda", 108726.807);
    return new ModelArtifact(
        model, model, "model/" + model, parameters, 42L, new TrainingInfo(1., 0, 0.));
  }

  private static List<EpochReport> epochs() {
    List<EpochReport> epochs = new ArrayList<>();
    for (int epoch = 30; epoch > 0; epoch--) {
      for (String model : TRAINED) {
        double loss = 391 * (model.length() * .02 + .4 / epoch);
        epochs.add(new EpochReport(model, epoch, 30, 391, 4_000_000L, loss, 5e-4, 3.4));
      }
    }
    return epochs;
  }

  private static UserExample user(String id, int history) {
    List<String> list = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    Map<String, List<String>> lists = new HashMap<>();
    MODELS.forEach(model -> lists.put(model, list));
    return new UserExample(
        id,
        List.of("12", "7", "3", "1", "5", "9", "4", "2", "11", "10")
            .subList(0, Math.min(10, history)),
        history * 31,
        Set.of("2", "5", "8", "99"),
        lists);
  }

  private static Map<String, String> titles() {
    return Map.ofEntries(
        Map.entry("1", "Toy Story (1995)"),
        Map.entry("2", "Star Wars: Episode IV - A New Hope (1977)"),
        Map.entry("3", "Silence of the Lambs, The (1991)"),
        Map.entry(
            "4", "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb (1963)"),
        Map.entry("5", "Fargo (1996)"),
        Map.entry("6", "Léon: The Professional (1994)"),
        Map.entry("7", "American Beauty (1999)"),
        Map.entry("8", "Raiders of the Lost Ark (1981)"),
        Map.entry("9", "Godfather, The (1972)"),
        Map.entry("10", "Being John Malkovich (1999)"),
        Map.entry("11", ""));
  }
}
