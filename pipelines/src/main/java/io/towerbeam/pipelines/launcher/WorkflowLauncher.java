package io.towerbeam.pipelines.launcher;

import io.towerbeam.pipelines.options.OptionParser;
import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.run.Claim;
import io.towerbeam.pipelines.run.Fingerprint;
import io.towerbeam.pipelines.run.JobName;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.run.RunIds;
import io.towerbeam.pipelines.run.RunInUseException;
import io.towerbeam.pipelines.run.Storage;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.RunnerSupport;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.pipelines.spi.Workflow;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;

/**
 * Runs one workflow: checks, claims the run, runs the pipeline and waits, reports.
 *
 * @param <O> the workflow's options
 */
final class WorkflowLauncher<O extends WorkflowOptions> {
  private final Workflow<O> workflow;
  private final Console console;
  private final Clock clock;

  WorkflowLauncher(Workflow<O> workflow, Console console, Clock clock) {
    this.workflow = workflow;
    this.console = console;
    this.clock = clock;
  }

  /**
   * Launches the workflow with these options; one of {@link ExitCode}.
   *
   * @throws UsageException if it cannot run as asked
   */
  int launch(List<String> args) {
    O options = OptionParser.into(workflow.optionsType()).parse(args);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    RunIds.complete(options, workflow.name(), now);
    FileSystems.setDefaultPipelineOptions(options);
    checkStore(options);
    RunDirectory run = RunDirectory.of(options);
    if (args.stream().noneMatch(arg -> arg.startsWith("--jobName="))) {
      options.setJobName(JobName.of(run));
    }
    RunnerSupports.of(options).prepare(workflow, options, console);
    workflow.validate(options);
    try (Claim claim = claim(options, run, now)) {
      RunReport report = new RunReport(run, console, options);
      if (claim.state() == Claim.State.FINISHED) {
        return report.finishedBefore(claim.startTime());
      }
      return execute(options, run, claim, report);
    } catch (IOException e) {
      console.error(RunReport.inOneLine(e));
      return ExitCode.FAILED;
    }
  }

  private void checkStore(O options) {
    try {
      FileSystems.matchNewResource(options.getOutput(), true);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "output",
          options.getOutput(),
          "a folder in a store that is on the class path (%s)".formatted(e.getMessage()));
    }
  }

  private Claim claim(O options, RunDirectory run, Instant now) throws IOException {
    Fingerprint fingerprint =
        Fingerprint.of(workflow.name(), OptionSpecs.of(workflow.optionsType()).valuesIn(options));
    try {
      return Claim.take(run, fingerprint, now);
    } catch (RunInUseException e) {
      throw e;
    } catch (FileSystemException e) {
      throw new UsageException(
          "output",
          options.getOutput(),
          "a folder that can be written to (%s)".formatted(RunReport.inOneLine(e)));
    }
  }

  private int execute(O options, RunDirectory run, Claim claim, RunReport report)
      throws IOException {
    options.setStartTime(claim.startTime());
    announce(run, claim);
    // what an attempt before this one said no longer holds
    Storage.delete(run.outcome());
    Storage.delete(run.errorLog());
    Optional<Throwable> fault = runPipeline(options);
    return report.ended(fault);
  }

  private void announce(RunDirectory run, Claim claim) {
    boolean goesOn = claim.state() == Claim.State.UNFINISHED;
    console
        .out()
        .printf(
            "%s %s: %s%n",
            goesOn ? "Going on with" : "Running", workflow.name(), workflow.description());
    console.out().println("Output goes to " + run.path());
  }

  private PipelineResult.State await(PipelineResult job, O options) {
    RunnerSupport support = RunnerSupports.of(options);
    support.announce(job, console);
    return support.await(job, console);
  }

  private Optional<Throwable> runPipeline(O options) {
    try {
      Pipeline pipeline = Pipeline.create(options);
      workflow.build(pipeline, options);
      var state = await(pipeline.run(), options);
      return switch (state) {
        case DONE -> Optional.empty();
        default -> Optional.of(new IllegalStateException("the runner ended the job as " + state));
      };
    } catch (UsageException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // whatever a pipeline throws, its user gets a line, and the stack trace in a file
      return Optional.of(e);
    }
  }
}
