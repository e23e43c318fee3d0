package io.towerbeam.pipelines.launcher;

import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.pipelines.spi.Workflows;
import java.time.Clock;
import java.util.List;

/**
 * Hands runs to a runner without waiting for them: what the launcher of a template does, which is
 * gone before the job begins. Safe to use once per process.
 */
public final class Submission {
  private final Console console;
  private final Clock clock;

  /**
   * A submission.
   *
   * @param console where its user reads
   * @param clock tells the start time of new runs
   */
  public Submission(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  /**
   * Checks the options, claims the run and hands its pipeline over. A run that is finished is left
   * alone, and a job that does nothing is handed over in its place.
   *
   * @param args {@code --name=value}, of the workflow and of Beam
   * @return {@link ExitCode#DONE} for "handed over"; whether it was published stands in its {@code
   *     outcome.json}
   */
  public int submit(String workflow, List<String> args) {
    try {
      return new WorkflowLauncher<>(Workflows.find().get(workflow), console, clock).submit(args);
    } catch (UsageException e) {
      console.error(e.getMessage());
      return ExitCode.USAGE;
    } catch (RuntimeException e) {
      // what a store or a service refuses is told in a line; an error of ours keeps its trace
      console.error(RunnerSupports.inWords(e).orElseThrow(() -> e));
      return ExitCode.FAILED;
    }
  }
}
