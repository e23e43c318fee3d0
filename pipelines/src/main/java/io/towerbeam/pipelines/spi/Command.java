package io.towerbeam.pipelines.spi;

import io.towerbeam.pipelines.options.UsageException;
import java.util.List;

/**
 * Something that {@code towerbeam <name>} does beside running a workflow.
 *
 * <p>Found by {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/io.towerbeam.pipelines.spi.Command}. Needs a public constructor without
 * arguments.
 */
public interface Command {
  /** The name on the command line: kebab-case, unique among commands and workflows. */
  String name();

  /** One line that says what it does. */
  String description();

  /** Its page of help, line by line. */
  default List<String> help() {
    return List.of("towerbeam " + name(), "", "  " + description());
  }

  /**
   * Does it.
   *
   * @param args what follows the name
   * @return one of {@link ExitCode}
   * @throws UsageException if {@code args} make no sense
   */
  int run(List<String> args, Console console);
}
