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
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.ExperimentsTable;
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
import org.apache.beam.sdk.transforms.Create;

/**
 * Runs one workflow: checks, claims the run, runs the pipeline and waits, reports. Or hands it to a
 * runner and is done.
 *
 * @param <O> the workflow's options
 */
final class WorkflowLauncher<O extends WorkflowOptions> {
  /** How often a run is compared again because another one was promoted meanwhile. */
  private static final int MOST_RIVALS = 5;

  private final Workflow<O> workflow;
  private final Console console;
  private final Clock clock;

  WorkflowLauncher(Workflow<O> workflow, Console console, Clock clock) {
    this.workflow = workflow;
    this.console = console;
    this.clock = clock;
  }

  /**
   * Launches the workflow with these options and waits for its end; one of {@link ExitCode}.
   *
   * @throws UsageException if it cannot run as asked
   */
  int launch(List<String> args) {
    return start(
        args,
        this::execute,
        (options, run, claim, report) -> report.finishedBefore(claim.startTime()));
  }

  /**
   * Hands the workflow with these options to the runner, whose result is not touched; {@link
   * ExitCode#DONE} for "handed over". For a run that is finished already, a job of one step without
   * any effect is handed over: a service that asked for a job counts none as a failure.
   *
   * @throws UsageException if it cannot run as asked
   */
  int submit(List<String> args) {
    return start(args, this::handOver, this::handOverNothing);
  }

  /** What is done with a run that has been claimed, or that was found finished. */
  private interface Attempt<O> {
    int make(O options, RunDirectory run, Claim claim, RunReport report) throws IOException;
  }

  private int start(List<String> args, Attempt<O> attempt, Attempt<O> ifFinished) {
    O options = OptionParser.into(workflow.optionsType()).parse(args);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    RunIds.requireInput(options);
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
      if (claim.state() != Claim.State.FINISHED) {
        return attempt.make(options, run, claim, report);
      }
      ExperimentsTable.complete(new Folder(run.output()), run.runId());
      return ifFinished.make(options, run, claim, report);
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
    } catch (IOException e) {
      if (!(e instanceof FileSystemException) && !RunnerSupports.isFinal(e)) {
        throw e;
      }
      throw new UsageException(
          "output",
          options.getOutput(),
          "a folder that can be written to (%s)".formatted(RunReport.inOneLine(e)));
    }
  }

  private int execute(O options, RunDirectory run, Claim claim, RunReport report)
      throws IOException {
    begin(options, run, claim);
    Optional<Throwable> fault = attempt(() -> runToItsEnd(options));
    for (int again = 0;
        again < MOST_RIVALS && fault.filter(RunReport::isRival).isPresent();
        again++) {
      console.out().println("Going on: " + RunReport.inOneLine(fault.get()));
      workflow.validate(options);
      begin(options, run, claim);
      fault = attempt(() -> runToItsEnd(options));
    }
    return report.ended(fault);
  }

  private void runToItsEnd(O options) {
    PipelineResult.State state = await(pipeline(options).run(), options);
    if (state == PipelineResult.State.RUNNING) { // so the DirectRunner ends when a worker has died
      throw new IllegalStateException(
          "a worker died of the error above; if memory ran out, " + RunReport.MORE_MEMORY);
    }
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the runner ended the job as " + state);
    }
  }

  private PipelineResult.State await(PipelineResult job, O options) {
    RunnerSupport support = RunnerSupports.of(options);
    support.announce(job, console);
    return support.await(job, console);
  }

  private int handOver(O options, RunDirectory run, Claim claim, RunReport report)
      throws IOException {
    begin(options, run, claim);
    return handOver(() -> pipeline(options).run(), report);
  }

  private int handOverNothing(O options, RunDirectory run, Claim claim, RunReport report) {
    console
        .out()
        .printf("Run %s of %s is finished and left as it is%n", run.runId(), claim.startTime());
    Pipeline nothing = Pipeline.create(options);
    nothing.apply("FinishedBefore", Create.of(run.path()));
    return handOver(nothing::run, report);
  }

  private int handOver(Runnable run, RunReport report) {
    Optional<Throwable> fault = attempt(run);
    if (fault.isPresent()) {
      return report.broke(fault.get());
    }
    console.out().println("Handed over to the runner");
    return ExitCode.DONE;
  }

  private void begin(O options, RunDirectory run, Claim claim) throws IOException {
    options.setStartTime(claim.startTime());
    announce(run, claim);
    // what an attempt before this one said no longer holds
    Storage.delete(run.outcome());
    Storage.delete(run.errorLog());
  }

  private Pipeline pipeline(O options) {
    Pipeline pipeline = Pipeline.create(options);
    workflow.build(pipeline, options);
    return pipeline;
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

  private static Optional<Throwable> attempt(Runnable run) {
    try {
      run.run();
      return Optional.empty();
    } catch (UsageException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // whatever a pipeline throws, its user gets a line, and the stack trace in a file
      return Optional.of(e);
    }
  }
}
