package io.towerbeam.pipelines.launcher;

import io.towerbeam.pipelines.launcher.TextTable.Column;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.Command;
import io.towerbeam.pipelines.spi.Commands;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.Workflows;
import java.util.List;

/** {@code towerbeam list}: what there is to run. */
public final class ListCommand implements Command {
  @Override
  public String name() {
    return "list";
  }

  @Override
  public String description() {
    return "Lists the workflows and commands";
  }

  @Override
  public int run(List<String> args, Console console) {
    if (!args.isEmpty()) {
      throw new UsageException("list takes nothing more, but was given " + args.get(0));
    }
    print(console);
    return ExitCode.DONE;
  }

  static void print(Console console) {
    TextTable table = new TextTable(List.of(Column.text(24), Column.text(74)));
    table.add(List.of("Workflows", ""));
    Workflows.find().all().forEach(w -> table.add(List.of("  " + w.name(), w.description())));
    table.add(List.of("Commands", ""));
    Commands.find().all().forEach(c -> table.add(List.of("  " + c.name(), c.description())));
    table.lines("").forEach(console.out()::println);
  }
}
