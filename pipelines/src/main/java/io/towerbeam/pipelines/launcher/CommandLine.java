package io.towerbeam.pipelines.launcher;

import io.towerbeam.pipelines.options.Nearest;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.Command;
import io.towerbeam.pipelines.spi.Commands;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.spi.Workflows;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Takes the words after {@code towerbeam} to the command or the workflow that they name. */
public final class CommandLine {
  private final Console console;
  private final Clock clock;

  /**
   * A command line.
   *
   * @param console where its user reads
   * @param clock tells the start time of new runs
   */
  public CommandLine(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  /** Does what the words ask for; one of {@link ExitCode}. Safe to call once per process. */
  public int run(List<String> args) {
    try {
      return dispatch(args);
    } catch (UsageException e) {
      console.error(e.getMessage());
      return ExitCode.USAGE;
    } catch (RuntimeException e) {
      // what a store or a service refuses is told in a line; an error of ours keeps its trace
      console.error(RunnerSupports.inWords(e).orElseThrow(() -> e));
      return ExitCode.FAILED;
    }
  }

  private int dispatch(List<String> args) {
    if (args.isEmpty() || isHelp(args.get(0))) {
      return new HelpCommand().run(List.of(), console);
    }
    String name = args.get(0);
    List<String> rest = args.subList(1, args.size());
    Optional<Command> command = Commands.find().get(name);
    if (rest.stream().anyMatch(CommandLine::isHelp)) {
      return new HelpCommand().run(List.of(name), console);
    }
    if (command.isPresent()) {
      return command.get().run(rest, console);
    }
    return new WorkflowLauncher<>(workflow(name), console, clock).launch(rest);
  }

  private static Workflow<?> workflow(String name) {
    Workflows workflows = Workflows.find();
    if (workflows.names().contains(name)) {
      return workflows.get(name);
    }
    if (name.startsWith("-")) {
      throw new UsageException(
          name + ": say first what to run; known are " + String.join(", ", workflows.names()));
    }
    SortedSet<String> known = new TreeSet<>(workflows.names());
    Commands.find().all().forEach(command -> known.add(command.name()));
    throw new UsageException(
        "%s: no such workflow or command; known are %s%s"
            .formatted(name, String.join(", ", known), Nearest.hint(name, known, "")));
  }

  private static boolean isHelp(String arg) {
    return arg.equals("--help") || arg.equals("-h");
  }
}
