package io.towerbeam.templates.triggers;

import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.spi.Console;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The program {@code towerbeam} at a time that the environment names. */
public final class ClockedTowerbeam {
  static final String NOW = "TOWERBEAM_TEST_NOW";

  private ClockedTowerbeam() {}

  /** Runs the command line as {@code Towerbeam} does. */
  public static void main(String[] args) {
    Clock clock = Clock.fixed(Instant.parse(System.getenv(NOW)), ZoneOffset.UTC);
    System.exit(new CommandLine(new Console(System.out, System.err), clock).run(List.of(args)));
  }
}
