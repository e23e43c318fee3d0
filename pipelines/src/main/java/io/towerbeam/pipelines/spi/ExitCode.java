package io.towerbeam.pipelines.spi;

/** What a process ends with, so that a scheduler knows what to do next. */
public final class ExitCode {
  /** All is there. */
  public static final int DONE = 0;

  /** Nothing, or not all, was published. */
  public static final int FAILED = 1;

  /** Asked for in a way that cannot work; nothing was run. */
  public static final int USAGE = 2;

  /** The job succeeded, and its gate kept the champion. */
  public static final int REFUSED = 3;

  private ExitCode() {}
}
