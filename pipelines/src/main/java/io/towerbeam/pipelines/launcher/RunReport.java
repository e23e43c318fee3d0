package io.towerbeam.pipelines.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.run.RunOutcome;
import io.towerbeam.pipelines.run.Storage;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.schemas.Verdict;
import io.towerbeam.transforms.write.ChampionChangedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Tells the user how a run ended, from the files it left, and what the process should end with. */
final class RunReport {
  /** What helps when the JVM has too little. */
  static final String MORE_MEMORY =
      "give more, such as by TOWERBEAM_JAVA_OPTS=-Xmx8g, and start the run again";

  private final RunDirectory run;
  private final Console console;
  private final OptionalInt firstK;

  RunReport(RunDirectory run, Console console, WorkflowOptions options) {
    this.run = run;
    this.console = console;
    this.firstK =
        options instanceof EvaluationOptions evaluation
            ? OptionalInt.of(evaluation.getK().get(0))
            : OptionalInt.empty();
  }

  /** Reports a run that was finished before it was asked for; its verdict still holds. */
  int finishedBefore(String startTime) throws IOException {
    console
        .out()
        .printf(
            "Run %s of %s is finished and left as it is: %s%n", run.runId(), startTime, run.path());
    Optional<RunOutcome> outcome = RunOutcome.read(run);
    if (outcome.isEmpty()) {
      printResults();
      return ExitCode.DONE;
    }
    return report(outcome.get());
  }

  /** Reports a run that has just ended; {@code fault} is what the pipeline threw, if it did. */
  int ended(Optional<Throwable> fault) throws IOException {
    Optional<RunOutcome> outcome = RunOutcome.read(run);
    boolean saysWhy = outcome.isPresent() && outcome.get().verdict() == Verdict.FAILED;
    if (fault.isPresent() && !saysWhy) {
      return broke(fault.get());
    }
    if (outcome.isEmpty()) {
      console.error("the pipeline ended without a verdict: there is no " + run.outcome());
      return ExitCode.FAILED;
    }
    return report(outcome.get());
  }

  /** Whether a run ended because another one's model was promoted before its own. */
  static boolean isRival(Throwable fault) {
    return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
        .anyMatch(ChampionChangedException.class::isInstance);
  }

  /** What a person needs of an error: the innermost message, on one line. */
  static String inOneLine(Throwable fault) {
    return RunnerSupports.inWords(fault).orElseGet(() -> rootInOneLine(fault));
  }

  private static String rootInOneLine(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String kind = root.getClass().getSimpleName();
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return kind;
    }
    // these say no more than a path; Errors little more than a word
    boolean isTerse = root instanceof FileSystemException || root instanceof Error;
    String line =
        message.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse(kind);
    return (isTerse ? kind + ": " + line : line)
        + (root instanceof OutOfMemoryError ? ": " + MORE_MEMORY : "");
  }

  private int report(RunOutcome outcome) throws IOException {
    if (outcome.verdict() != Verdict.FAILED) {
      printResults();
      printPromotion();
    }
    switch (outcome.verdict()) {
      case PUBLISHED -> {
        return ExitCode.DONE;
      }
      case REFUSED -> {
        printReasons("refused: the champion stays", outcome);
        return ExitCode.REFUSED;
      }
      case PARTIAL -> printReasons("not all of it was published", outcome);
      case FAILED -> printReasons("nothing was published", outcome);
      case UNKNOWN -> console.error(run.outcome() + " holds a verdict that is not known here");
    }
    return ExitCode.FAILED;
  }

  private void printReasons(String verdict, RunOutcome outcome) throws IOException {
    console.error(verdict);
    outcome.reasons().forEach(reason -> console.err().println("  " + reason));
    if (!outcome.examples().isEmpty()) {
      console.err().println("  for example");
      outcome.examples().forEach(example -> console.err().println("    " + example));
    }
    if (!Storage.filesIn(run.deadLetter() + "/*").isEmpty()) {
      console.err().println("  rejected rows are in " + run.deadLetter());
    }
  }

  private void printResults() throws IOException {
    Optional<JsonNode> results = Storage.readJson(run.resultsJson());
    if (results.isPresent()) {
      print(Leaderboard.lines(results.get(), firstK), results.get(), run.resultsJson());
    }
    Optional<JsonNode> trials = Storage.readJson(run.trialsJson());
    if (trials.isPresent()) {
      print(TrialTable.lines(trials.get(), firstK.orElse(10)), trials.get(), run.trialsJson());
    }
    Optional<JsonNode> manifest = Storage.readJson(run.manifest());
    if (manifest.isPresent() && results.isEmpty()) {
      ServedFiles.lines(run, manifest.get()).forEach(console.out()::println);
      PreparedSummary.lines(run, manifest.get()).forEach(console.out()::println);
    }
  }

  private void printPromotion() throws IOException {
    Optional<JsonNode> manifest = Storage.readJson(run.manifest());
    if (manifest.isPresent()) {
      PromotionReport.line(run, manifest.get()).ifPresent(console.out()::println);
    }
  }

  private void print(List<String> lines, JsonNode results, String file) throws IOException {
    console.out().println();
    lines.forEach(console.out()::println);
    console.out().println();
    if (isSynthetic(results)) {
      console
          .out()
          .println("The data are a generated sample: these numbers say nothing about yours.");
    }
    console.out().println("Results: " + file);
    if (Storage.exists(run.report())) {
      console.out().println("Report: " + run.report());
    }
  }

  private boolean isSynthetic(JsonNode results) throws IOException {
    Optional<JsonNode> manifest = Storage.readJson(run.manifest());
    return manifest.isPresent() && manifest.get().path("synthetic").asBoolean()
        || results.path(0).path("synthetic").asBoolean();
  }

  /** Reports a run whose pipeline broke, or could not be handed to its runner. */
  int broke(Throwable fault) {
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace, true));
    console.error(inOneLine(fault));
    try {
      Storage.write(run.errorLog(), trace.toString());
      console.err().println("  the stack trace is in " + run.errorLog());
    } catch (IOException e) {
      console.err().println("  the stack trace cannot be written: " + inOneLine(e));
    }
    return ExitCode.FAILED;
  }
}
