package io.towerbeam.templates.flink;

import io.towerbeam.pipelines.options.OptionSpec;
import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.spi.Workflow;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths for processes that were started in another folder than the launcher. */
final class AbsolutePaths {
  private static final Pattern IN_A_STORE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

  private AbsolutePaths() {}

  /** Whether a path leads to a disk, without naming a file system. */
  static boolean isLocal(String path) {
    return !IN_A_STORE.matcher(path).matches();
  }

  /** Makes the relative paths among the options absolute. */
  static void setIn(Workflow<?> workflow, WorkflowOptions options) {
    for (OptionSpec option : OptionSpecs.of(workflow.optionsType()).visible()) {
      String value = option.valueIn(options);
      // a model may be named by its run's id alone
      boolean isPath =
          value != null
              && (option.place().isPresent()
                  || option.name().equals("model") && value.contains("/"));
      if (isPath && isLocal(value)) {
        option.setIn(options, Path.of(value).toAbsolutePath().normalize().toString());
      }
    }
  }
}
