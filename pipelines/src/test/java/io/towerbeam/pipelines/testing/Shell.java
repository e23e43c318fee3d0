package io.towerbeam.pipelines.testing;

import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.spi.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Types a command line and keeps what it prints. Workflows that make shards make two unless told
 * otherwise: the sixteen that are usual take longer than all else that is done to a small log.
 */
public final class Shell {
  /** When everything happens, unless a test says otherwise. */
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final Set<String> THAT_MAKE_SHARDS =
      Set.of("prepare", "leaderboard", "train", "tune", "evaluate");

  private Shell() {}

  /** What came of it. */
  public record Answer(int exitCode, String out, String err) {}

  public static Answer type(String... words) {
    return typeAt(NOON, words);
  }

  public static Answer typeAt(Instant time, String... words) {
    boolean isGiven = Stream.of(words).anyMatch(word -> word.startsWith("--shards="));
    return isGiven || !THAT_MAKE_SHARDS.contains(words[0])
        ? typeAsItIs(time, words)
        : typeAsItIs(
            time, Stream.concat(Stream.of(words), Stream.of("--shards=2")).toArray(String[]::new));
  }

  /** Types it without a word more. */
  public static Answer typeAsItIs(Instant time, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(printTo(out), printTo(err));
    int exitCode = new CommandLine(console, Clock.fixed(time, ZoneOffset.UTC)).run(List.of(words));
    return new Answer(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream printTo(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
