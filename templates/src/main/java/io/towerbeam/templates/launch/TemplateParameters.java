package io.towerbeam.templates.launch;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.ParameterMetadata;
import com.google.api.services.dataflow.model.TemplateMetadata;
import io.towerbeam.pipelines.options.Nearest;
import io.towerbeam.pipelines.options.OptionParser;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.templates.FlexTemplateMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the parameters of a launch against the metadata of the workflow's template, as the service
 * would, but with clearer words and before anything is sent. The metadata are those of the workflow
 * on the class path; a template that was built from another version may refuse more.
 */
final class TemplateParameters {
  private static final Set<String> OF_THE_LAUNCH = Set.of("project", "region", "jobName");

  private TemplateParameters() {}

  /**
   * The options that the workflow would see.
   *
   * @param given by name
   * @throws UsageException for the first parameter that is not known, missing, or of a value that
   *     is not accepted
   */
  static <O extends WorkflowOptions> O check(Workflow<O> workflow, Map<String, String> given) {
    Map<String, ParameterMetadata> declared = declared(workflow);
    given.keySet().forEach(name -> requireKnown(name, workflow, declared));
    declared.values().stream()
        .filter(parameter -> !parameter.getIsOptional() && !given.containsKey(parameter.getName()))
        .findFirst()
        .ifPresent(TemplateParameters::refuseMissing);
    List<String> args =
        given.entrySet().stream().map(one -> "--" + one.getKey() + "=" + one.getValue()).toList();
    O options = parse(workflow, args);
    given.forEach((name, value) -> requireMatch(declared.get(name), value));
    return options;
  }

  /** Says more of what is accepted than a regular expression does, and knows ranges. */
  private static <O extends WorkflowOptions> O parse(Workflow<O> workflow, List<String> args) {
    try {
      return OptionParser.into(workflow.optionsType()).parse(args);
    } catch (UsageException e) {
      throw new UsageException(e.getMessage().replaceFirst("^--", "--param="));
    }
  }

  private static void requireKnown(
      String name, Workflow<?> workflow, Map<String, ParameterMetadata> declared) {
    if (declared.containsKey(name)) {
      return;
    }
    String hint =
        OF_THE_LAUNCH.contains(name)
            ? "; give --%s=… without --param".formatted(name)
            : Nearest.hint(name, declared.keySet(), "--param=");
    throw new UsageException(
        "--param=%s: the template of %s has no such parameter%s"
            .formatted(name, workflow.name(), hint));
  }

  private static void refuseMissing(ParameterMetadata parameter) {
    throw new UsageException(
        "--param=%s=… is missing: %s".formatted(parameter.getName(), parameter.getHelpText()));
  }

  private static void requireMatch(ParameterMetadata parameter, String value) {
    List<String> regexes = parameter.getRegexes() == null ? List.of() : parameter.getRegexes();
    for (String regex : regexes) {
      if (!Pattern.compile(regex).matcher(value).find()) {
        boolean isPath = parameter.getParamType().startsWith("GCS_");
        throw new UsageException(
            "--param=%s=%s: give %s"
                .formatted(
                    parameter.getName(),
                    value,
                    isPath
                        ? "a path that the job can reach, such as gs://bucket/folder"
                        : "what matches " + regex));
      }
    }
  }

  private static Map<String, ParameterMetadata> declared(Workflow<?> workflow) {
    try {
      TemplateMetadata metadata =
          GsonFactory.getDefaultInstance()
              .fromString(FlexTemplateMetadata.of(workflow), TemplateMetadata.class);
      Map<String, ParameterMetadata> declared = new LinkedHashMap<>();
      metadata.getParameters().forEach(one -> declared.put(one.getName(), one));
      return declared;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
