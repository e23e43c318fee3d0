package io.towerbeam.templates.flink;

import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.spi.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Types a command line at noon and keeps what it prints. */
final class FlinkShell {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  private FlinkShell() {}

  /** What came of it. */
  record Answer(int exitCode, String out, String err) {}

  static Answer type(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(printTo(out), printTo(err));
    int exitCode = new CommandLine(console, NOON).run(words);
    return new Answer(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Trains on the generated sample. */
  static Answer train(Path output, int epochs, String... runner) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "leaderboard",
                "--models=two-tower-hybrid",
                "--modelParameters=two-tower-hybrid.epochs=" + epochs,
                "--shards=2",
                "--runId=run",
                "--output=" + output));
    words.addAll(List.of(runner));
    return type(words);
  }

  private static PrintStream printTo(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
