package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.metrics.Coverage;
import io.towerbeam.ml.metrics.MeanPopularity;
import io.towerbeam.ml.metrics.RankingMetric;
import io.towerbeam.ml.metrics.RankingMetrics;
import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.tuning.Dimension;
import io.towerbeam.ml.tuning.SearchSpace;
import io.towerbeam.pipelines.options.Nearest;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.workflows.TuneOptions.Search;
import io.towerbeam.schemas.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The search that the options ask for; checked.
 *
 * @param model the model and the parameters given for it
 * @param trials the trials, not yet run
 * @param metric the metric that decides, at k
 */
record TuneChoice(ModelChoice model, List<Trial> trials, String metric) {
  private static final int TRIALS = 20;
  private static final int MOST_TRIALS = 10_000;

  /**
   * @throws UsageException if a model, parameter or metric is unknown, a range or value is not
   *     accepted, or there is nothing to search
   */
  static TuneChoice of(TuneOptions options) {
    ModelChoice choice = ModelChoice.ofOne("--model", options.getModel(), options);
    RankingModelProvider model = choice.providers().get(0);
    SearchSpace space = space(options, model, choice.parameters());
    List<Trial> trials = new ArrayList<>();
    for (Map<String, Object> parameters : parameters(options, space)) {
      trials.add(
          Trial.newBuilder()
              .setTrial(trials.size())
              .setModel(model.name())
              .setParameters(parameters)
              .setSearched(space.searched())
              .setSeed(options.getSeed())
              .build());
    }
    String metric = RankingMetrics.key(metric(options), options.getK().get(0));
    return new TuneChoice(choice, List.copyOf(trials), metric);
  }

  private static String metric(TuneOptions options) {
    // of mean popularity it cannot be said that more is better
    List<String> known =
        Stream.concat(
                RankingMetrics.PER_USER.stream()
                    .filter(metric -> !(metric instanceof MeanPopularity))
                    .map(RankingMetric::name),
                Stream.of(Coverage.NAME))
            .toList();
    String metric = options.getMetric();
    if (!known.contains(metric)) {
      throw new UsageException(
          "metric",
          metric,
          "one of " + String.join(", ", known),
          Nearest.to(metric, known).orElse(null));
    }
    return metric;
  }

  private static SearchSpace space(
      TuneOptions options, RankingModelProvider model, Map<String, Map<String, String>> given) {
    Set<String> fixed = ModelChoice.given(options).getOrDefault(model.name(), Map.of()).keySet();
    List<Dimension> dimensions =
        options.getSearchSpace() == null
            ? declared(model, fixed)
            : parsed(options.getSearchSpace(), model, fixed);
    Map<String, Object> base =
        ParameterValues.of(model.parameters(), given.getOrDefault(model.name(), Map.of())).asMap();
    return new SearchSpace(base, dimensions);
  }

  private static List<Dimension> declared(RankingModelProvider model, Set<String> fixed) {
    List<ModelParameter> declared =
        model.parameters().stream().filter(parameter -> parameter.search() != null).toList();
    List<Dimension> dimensions =
        declared.stream()
            .filter(parameter -> !fixed.contains(parameter.name()))
            .map(Dimension::declared)
            .toList();
    if (!dimensions.isEmpty()) {
      return dimensions;
    }
    if (model.parameters().isEmpty()) {
      throw new UsageException(
          "--model=%s: it has no parameters, so there is nothing to search"
              .formatted(model.name()));
    }
    String why =
        declared.isEmpty()
            ? model.name() + " declares no ranges of its own"
            : "--modelParameters fixes all that " + model.name() + " declares ranges for";
    List<String> names = model.parameters().stream().map(ModelParameter::name).toList();
    throw new UsageException(
        "--searchSpace: %s: give some of %s, each as name=a..b, a..b:log or x|y|z"
            .formatted(why, String.join(", ", names)));
  }

  private static List<Dimension> parsed(
      List<String> space, RankingModelProvider model, Set<String> fixed) {
    List<Dimension> dimensions = new ArrayList<>();
    for (String text : space) {
      String name = text.substring(0, text.indexOf('='));
      String asked = "--searchSpace=" + text;
      ModelParameter parameter = ModelChoice.requireParameter(asked, model, name);
      if (fixed.contains(name)) {
        throw new UsageException(
            asked + ": --modelParameters gives it a fixed value; leave out one of them");
      }
      if (dimensions.stream().anyMatch(other -> other.parameter().name().equals(name))) {
        throw new UsageException(asked + ": it is given twice; give it once");
      }
      try {
        dimensions.add(Dimension.parse(parameter, text.substring(name.length() + 1)));
      } catch (IllegalArgumentException e) {
        throw new UsageException("--searchSpace=" + e.getMessage());
      }
    }
    return dimensions;
  }

  private static List<Map<String, Object>> parameters(TuneOptions options, SearchSpace space) {
    Integer asked = options.getTrials();
    if (options.getSearch() == Search.RANDOM) {
      return space.random(options.getSeed(), asked == null ? TRIALS : asked);
    }
    long size = space.gridSize(options.getGridPoints());
    if (asked == null && size >= MOST_TRIALS) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--gridPoints=%d: the grid has %s%,d points, too many to try them all: give fewer, a"
                  + " smaller --searchSpace, or --trials up to %,d",
              options.getGridPoints(),
              size == Long.MAX_VALUE ? "more than " : "",
              size,
              MOST_TRIALS));
    }
    return space.grid(options.getGridPoints(), asked == null ? MOST_TRIALS : asked);
  }
}
