package io.towerbeam.templates;

import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the workflows are told in a template unless its user says otherwise. Dataflow only shows the
 * defaults of the metadata, it does not send them: the template's main adds them.
 */
public final class TemplateDefaults {
  /** One small GPU, on the only kind of machine that it is found on. */
  private static final String ACCELERATOR =
      "type:nvidia-l4;count:1;machine_type:g2-standard-4;install-nvidia-driver";

  private static final String TRAINING_MIN_RAM = "16GB";
  private static final String OUTPUT = "output";

  private TemplateDefaults() {}

  /**
   * The defaults of a workflow's template, by option: training asks for a GPU and refuses to go on
   * without it. Workflows that train nothing have none.
   */
  public static Map<String, String> of(Workflow<?> workflow) {
    Map<String, String> defaults = new LinkedHashMap<>();
    if (TrainingOptions.class.isAssignableFrom(workflow.optionsType())) {
      defaults.put("requireGpu", "true");
      defaults.put("accelerator", ACCELERATOR);
      defaults.put("trainingMinRam", TRAINING_MIN_RAM);
    }
    return defaults;
  }

  /** Options that the workflow can do without, but no job in a cloud can. */
  public static Set<String> required() {
    return Set.of(OUTPUT);
  }

  /**
   * The arguments, {@code --name=value}, with the runner and the defaults of the template in front.
   * Whoever says {@code --requireGpu=false} or {@code --device=cpu} gets none of these defaults.
   *
   * @throws UsageException if an argument is missing that a template needs
   */
  static List<String> complete(Workflow<?> workflow, List<String> args) {
    Set<String> given =
        args.stream()
            .map(arg -> arg.replaceFirst("^--", "").replaceFirst("=.*", ""))
            .collect(Collectors.toSet());
    if (!given.contains(OUTPUT)) {
      throw new UsageException(OUTPUT, null, "a folder such as gs://bucket/towerbeam");
    }
    List<String> complete = new ArrayList<>();
    if (!given.contains("runner")) {
      complete.add("--runner=DataflowRunner");
    }
    if (!args.contains("--requireGpu=false") && !args.contains("--device=cpu")) {
      of(workflow)
          .forEach(
              (name, value) -> {
                if (!given.contains(name)) {
                  complete.add("--" + name + "=" + value);
                }
              });
    }
    complete.addAll(args);
    return complete;
  }
}
