package io.towerbeam.pipelines;

import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.spi.Console;
import java.time.Clock;
import java.util.List;

/** {@code towerbeam <workflow or command> [--option=value …]}. */
public final class Towerbeam {
  private Towerbeam() {}

  /** Runs the command line and ends the process with one of the documented exit codes. */
  public static void main(String[] args) {
    Console console = new Console(System.out, System.err);
    System.exit(new CommandLine(console, Clock.systemUTC()).run(List.of(args)));
  }
}
