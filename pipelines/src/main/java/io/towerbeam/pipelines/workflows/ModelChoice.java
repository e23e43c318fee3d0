package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.options.InputOptions;
import io.towerbeam.pipelines.options.ModelOptions;
import io.towerbeam.pipelines.options.Nearest;
import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.options.TrainingOptions.Scoring;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.transforms.train.FitSettings;
import io.towerbeam.transforms.write.RunFiles;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The models that the options ask for, and the parameters given for each; checked.
 *
 * @param providers the models, in the order asked for
 * @param parameters as given, by model and parameter name
 */
record ModelChoice(
    List<RankingModelProvider> providers, Map<String, Map<String, String>> parameters) {

  /**
   * @throws UsageException if a model or parameter is unknown, or a value is not accepted
   */
  static <O extends ModelOptions & InputOptions> ModelChoice of(O options) {
    return of(providers(options, RankingModels.onClassPath()), options);
  }

  /**
   * The one model of that name.
   *
   * @param option what names it, with its hyphens
   * @throws UsageException if the model or a parameter is unknown, or a value is not accepted
   */
  static <O extends TrainingOptions & InputOptions> ModelChoice ofOne(
      String option, String name, O options) {
    RankingModels known = RankingModels.onClassPath();
    requireModel(option, name, known);
    return of(List.of(known.get(name)), options);
  }

  private static <O extends TrainingOptions & InputOptions> ModelChoice of(
      List<RankingModelProvider> providers, O options) {
    RankingModels known = RankingModels.onClassPath();
    Map<String, Map<String, String>> parameters = given(options);
    for (RankingModelProvider provider : providers) {
      applyScoring(scoring(options), provider, parameters);
    }
    for (String model : parameters.keySet()) {
      check(known.get(model), parameters.get(model));
    }
    return new ModelChoice(providers, parameters);
  }

  /** How these models are fitted in a run. */
  <O extends TrainingOptions & WorkflowOptions> FitSettings settings(O options, RunFiles run) {
    return new FitSettings(
        run,
        parameters,
        options.getSeed(),
        options.getDevice(),
        options.getRequireGpu(),
        options.getThreads());
  }

  /** Names of the models that need an accelerator. */
  List<String> accelerated() {
    return providers.stream()
        .filter(RankingModelProvider::needsAccelerator)
        .map(RankingModelProvider::name)
        .toList();
  }

  /** Names of the models that do not. */
  List<String> plain() {
    return providers.stream()
        .filter(provider -> !provider.needsAccelerator())
        .map(RankingModelProvider::name)
        .toList();
  }

  private static List<RankingModelProvider> providers(ModelOptions options, RankingModels known) {
    if (options.getModels().equals(List.of("all"))) {
      return known.all();
    }
    Set<String> names = new LinkedHashSet<>(options.getModels());
    for (String name : names) {
      requireModel("--models", name, known);
    }
    if (names.isEmpty()) {
      throw new UsageException(
          "--models: name at least one of " + String.join(", ", known.names()));
    }
    return names.stream().map(known::get).toList();
  }

  private static void requireModel(String option, String name, RankingModels known) {
    if (!known.names().contains(name)) {
      throw new UsageException(
          "%s=%s: no such model; known are %s%s"
              .formatted(
                  option,
                  name,
                  String.join(", ", known.names()),
                  Nearest.hint(name, known.names(), "")));
    }
  }

  /**
   * The parameters that {@code --modelParameters} gives, by model and parameter name; values are
   * not looked at.
   *
   * @throws UsageException if a model or parameter is unknown
   */
  static Map<String, Map<String, String>> given(TrainingOptions options) {
    RankingModels known = RankingModels.onClassPath();
    Map<String, Map<String, String>> parameters = new HashMap<>();
    List<String> settings =
        options.getModelParameters() == null ? List.of() : options.getModelParameters();
    for (String setting : settings) {
      String model = setting.substring(0, setting.indexOf('.'));
      String parameter = setting.substring(model.length() + 1, setting.indexOf('='));
      requireModel("--modelParameters", model, known);
      requireParameter("--modelParameters=" + setting, known.get(model), parameter);
      parameters
          .computeIfAbsent(model, m -> new HashMap<>())
          .put(parameter, setting.substring(setting.indexOf('=') + 1));
    }
    return parameters;
  }

  /**
   * The parameter of that name.
   *
   * @param asked how it was asked for, option and value
   * @throws UsageException if the model has none of that name
   */
  static ModelParameter requireParameter(String asked, RankingModelProvider model, String name) {
    List<String> names = model.parameters().stream().map(ModelParameter::name).toList();
    if (!names.contains(name)) {
      throw new UsageException(
          "%s: %s has no such parameter; %s%s"
              .formatted(
                  asked,
                  model.name(),
                  names.isEmpty() ? "it has none" : "known are " + String.join(", ", names),
                  Nearest.hint(name, names, "")));
    }
    return model.parameters().get(names.indexOf(name));
  }

  /**
   * Dot, as published, if nothing is said. On the generated sample, which is small, the published
   * weight decay leaves raw vectors of no useful length: there it is the cosine of the training.
   */
  private static <O extends TrainingOptions & InputOptions> Scoring scoring(O options) {
    if (options.getScoring() != null) {
      return options.getScoring();
    }
    return InputSource.of(options).isSynthetic() ? Scoring.COSINE : Scoring.DOT;
  }

  /** --scoring is the default of every model that has such a parameter. */
  private static void applyScoring(
      Scoring scoring, RankingModelProvider provider, Map<String, Map<String, String>> parameters) {
    if (provider.parameters().stream().anyMatch(parameter -> parameter.name().equals("scoring"))) {
      parameters
          .computeIfAbsent(provider.name(), m -> new HashMap<>())
          .putIfAbsent("scoring", scoring.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void check(RankingModelProvider provider, Map<String, String> given) {
    try {
      ParameterValues.of(provider.parameters(), given);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--modelParameters=" + provider.name() + "." + e.getMessage());
    }
  }
}
