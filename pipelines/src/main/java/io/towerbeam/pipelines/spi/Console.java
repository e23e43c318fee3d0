package io.towerbeam.pipelines.spi;

import java.io.PrintStream;

/**
 * Where a command talks to its user.
 *
 * @param out results
 * @param err what went wrong
 */
public record Console(PrintStream out, PrintStream err) {
  /** Says in one line what went wrong. */
  public void error(String line) {
    err.println("towerbeam: " + line);
  }
}
