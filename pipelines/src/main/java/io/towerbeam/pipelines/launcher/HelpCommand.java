package io.towerbeam.pipelines.launcher;

import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.Command;
import io.towerbeam.pipelines.spi.Commands;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.Workflows;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * {@code towerbeam help [workflow]}; also {@code help PipelineOptions}, or the name of another
 * group of Beam's options.
 */
public final class HelpCommand implements Command {
  @Override
  public String name() {
    return "help";
  }

  @Override
  public String description() {
    return "Shows a workflow's options: default, range, effect";
  }

  @Override
  public int run(List<String> args, Console console) {
    if (args.size() > 1) {
      throw new UsageException("help takes one workflow, but was given " + String.join(" ", args));
    }
    if (args.isEmpty()) {
      console.out().println("Usage: towerbeam <workflow> [--option=value ...]");
      console.out().println("       towerbeam help <workflow or command>");
      console.out().println();
      ListCommand.print(console);
    } else if (args.get(0).endsWith("Options")) {
      printBeamOptions(args.get(0), console);
    } else {
      helpOf(args.get(0)).forEach(console.out()::println);
    }
    return ExitCode.DONE;
  }

  private static List<String> helpOf(String name) {
    Optional<Command> command = Commands.find().get(name);
    return command.isPresent() ? command.get().help() : WorkflowHelp.of(Workflows.find().get(name));
  }

  private static void printBeamOptions(String name, Console console) {
    if (name.equals("PipelineOptions")) {
      PipelineOptionsFactory.printHelp(console.out());
      return;
    }
    for (Class<? extends PipelineOptions> group : PipelineOptionsFactory.getRegisteredOptions()) {
      if (group.getSimpleName().equals(name)) {
        PipelineOptionsFactory.printHelp(console.out(), group);
        return;
      }
    }
    throw new UsageException(name + ": no such options; towerbeam help PipelineOptions lists them");
  }
}
