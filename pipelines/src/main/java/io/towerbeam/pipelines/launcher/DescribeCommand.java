package io.towerbeam.pipelines.launcher;

import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.Command;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.Workflows;
import java.util.List;

/** {@code towerbeam describe <workflow>}. */
public final class DescribeCommand implements Command {
  @Override
  public String name() {
    return "describe";
  }

  @Override
  public String description() {
    return "Prints a workflow's parameters and artifacts as JSON, for orchestrators";
  }

  @Override
  public int run(List<String> args, Console console) {
    if (args.size() != 1) {
      throw new UsageException(
          "describe takes one workflow; known are " + String.join(", ", Workflows.find().names()));
    }
    console
        .out()
        .println(WorkflowDescription.of(Workflows.find().get(args.get(0))).toPrettyString());
    return ExitCode.DONE;
  }
}
