package io.towerbeam.pipelines.launcher;

import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.run.RunOutcome;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.schemas.Verdict;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;

/** Tells how a run ended that was made elsewhere, from the files that it left. */
public final class EndedRun {
  private EndedRun() {}

  /**
   * Prints results and reasons as a run in this process would; one of {@link ExitCode}. Without a
   * verdict the run has failed.
   *
   * @param options those of the run, and of the store that it lies in
   * @param fault what its runner says went wrong, which is told unless the run itself says more;
   *     empty if nothing did
   */
  public static int report(WorkflowOptions options, Optional<String> fault, Console console) {
    FileSystems.setDefaultPipelineOptions(options);
    RunDirectory run = RunDirectory.of(options);
    try {
      if (fault.isPresent() && !saysWhy(run)) {
        console.error(fault.get());
        return ExitCode.FAILED;
      }
      return new RunReport(run, console, options).ended(Optional.empty());
    } catch (IOException e) {
      console.error(RunReport.inOneLine(e));
      return ExitCode.FAILED;
    }
  }

  private static boolean saysWhy(RunDirectory run) throws IOException {
    return RunOutcome.read(run).filter(outcome -> outcome.verdict() == Verdict.FAILED).isPresent();
  }
}
