package io.towerbeam.pipelines.run;

import java.util.Locale;

/**
 * The runner's name for a run. The same for every attempt at one run directory and for no other, so
 * that Dataflow, where names of running jobs are unique, refuses an attempt that overlaps another.
 */
public final class JobName {
  private static final int MOST_READABLE_CHARACTERS = 50;

  private JobName() {}

  /** At most 63 lower-case letters, digits and hyphens, as Dataflow has it. */
  public static String of(RunDirectory run) {
    String id = run.runId().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String readable = "towerbeam-" + id;
    int length = Math.min(readable.length(), MOST_READABLE_CHARACTERS);
    return readable.substring(0, length) + "-" + Sha256.hex(run.path()).substring(0, 8);
  }
}
